package io.tlsport;

import java.util.Optional;

/**
 * Watches everything that happens, for metrics and logs. Called on event loops: return at once. A
 * throwing listener is ignored after one line in the log.
 */
public interface TlsListener {
  /** A handshake is done and judged. */
  default void secured(TLSSocket socket) {}

  /** A renegotiation is done and judged. */
  default void renegotiated(TLSSocket socket) {}

  /** A connection failed, before it was secure or after. */
  default void failed(TLSSocket socket, TlsException error) {}

  /**
   * A connection was refused before its handshake: there are as many as {@link
   * Server#maxConnections} or the descriptors of the process allow.
   *
   * @param remote whose it was; empty on a Unix domain socket
   */
  default void dropped(Server server, Optional<Address> remote) {}

  /** A connection is gone. */
  default void closed(TLSSocket socket) {}

  /**
   * A secure context was replaced, of a server or of a {@link ReloadableContext}. Called on any
   * thread.
   */
  default void contextReloaded(ContextReload reload) {}

  /** Files of a {@link WatchedContext} are not used as they are now. Called on any thread. */
  default void contextReloadFailed(TlsException error) {}

  /**
   * A certificate of a {@link WatchedContext} comes near its end, or has expired. Called on any
   * thread.
   */
  default void certificateExpires(CertificateExpiry expiry) {}

  /** Tickets are encrypted with another key from now on. Called on any thread. */
  default void ticketKeyRotated(SharedSessions sessions) {}

  /**
   * What sessions are shared by failed: clients make full handshakes until it is back. Told once,
   * and again after it was back. Called on any thread.
   */
  default void sharingFailed(SharedSessions sessions, TlsException error) {}

  /** What sessions are shared by answers again. Called on any thread. */
  default void sharingRestored(SharedSessions sessions) {}
}
