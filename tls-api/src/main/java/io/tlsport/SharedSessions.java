package io.tlsport;

/**
 * What servers resume each other's sessions by, wherever they run: ticket keys that rotate, and a
 * store. Give it to {@link ServerOptions.Builder#ticketKeySource} or to {@link
 * ServerOptions.Builder#sessionStore}, of any number of servers.
 *
 * <p>It never fails a handshake. While the place behind it is slow, away, full or damaged, clients
 * make full handshakes in place of resumed ones, and tickets are encrypted with the last keys that
 * were known. {@link TlsListener#sharingFailed} tells.
 *
 * <p>Whoever can read the place can decrypt what was sent under its sessions.
 *
 * @see Tls#createSharedSessions(SharedSessionsOptions)
 */
public interface SharedSessions extends SessionStore, TicketKeySource, AutoCloseable {
  /** Lets go of the place; what is kept there stays. Servers go on with the last keys. */
  @Override
  void close();
}
