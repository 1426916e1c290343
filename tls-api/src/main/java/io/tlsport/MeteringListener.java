package io.tlsport;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns what a {@link TlsListener} is told into meters. A binder to a system of metrics fills in
 * three methods, and then has the same names and labels as every other binder. They are called on
 * event loops: return at once.
 */
public abstract class MeteringListener implements TlsListener {
  /** For binders. */
  protected MeteringListener() {}

  /**
   * Adds one to a meter of the kind {@link TlsMeter.Kind#COUNT}.
   *
   * @param labels the values of {@link TlsMeter#labels}, in that order
   */
  protected abstract void count(TlsMeter meter, List<String> labels);

  /**
   * Moves a meter of the kind {@link TlsMeter.Kind#LEVEL}.
   *
   * @param labels the values of {@link TlsMeter#labels}, in that order
   * @param by 1 or -1
   */
  protected abstract void move(TlsMeter meter, List<String> labels, int by);

  /**
   * Puts a duration into a meter of the kind {@link TlsMeter.Kind#DURATION}.
   *
   * @param labels the values of {@link TlsMeter#labels}, in that order
   */
  protected abstract void record(TlsMeter meter, List<String> labels, Duration duration);

  @Override
  public void secured(TLSSocket socket) {
    move(TlsMeter.CONNECTIONS, place(socket), 1);
    record(
        TlsMeter.HANDSHAKE,
        List.of(
            socket.provider(),
            side(socket),
            socket.protocol().map(ProtocolVersion::id).orElse(""),
            socket.cipher().map(CipherInfo::standardName).orElse(""),
            Boolean.toString(socket.sessionReused())),
        socket.handshakeTimings().map(HandshakeTimings::total).orElse(Duration.ZERO));
  }

  @Override
  public void renegotiated(TLSSocket socket) {
    count(TlsMeter.RENEGOTIATIONS, place(socket));
  }

  @Override
  public void failed(TLSSocket socket, TlsException error) {
    count(
        socket.secure() ? TlsMeter.CONNECTION_FAILURES : TlsMeter.HANDSHAKE_FAILURES,
        List.of(
            socket.provider(),
            side(socket),
            error.code().code(),
            error.blame().name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void dropped(Server server, Optional<Address> remote) {
    count(TlsMeter.CONNECTIONS_DROPPED, List.of());
  }

  @Override
  public void closed(TLSSocket socket) {
    if (socket.secure()) {
      move(TlsMeter.CONNECTIONS, place(socket), -1);
    }
  }

  @Override
  public void contextReloaded(ContextReload reload) {
    count(TlsMeter.CONTEXT_RELOADS, List.of());
  }

  @Override
  public void contextReloadFailed(TlsException error) {
    count(TlsMeter.CONTEXT_RELOAD_FAILURES, List.of(error.code().code()));
  }

  @Override
  public void certificateExpires(CertificateExpiry expiry) {
    count(TlsMeter.CERTIFICATE_EXPIRIES, List.of(Boolean.toString(expiry.expired())));
  }

  @Override
  public void ticketKeyRotated(SharedSessions sessions) {
    count(TlsMeter.TICKET_KEY_ROTATIONS, List.of());
  }

  @Override
  public void sharingFailed(SharedSessions sessions, TlsException error) {
    count(TlsMeter.SHARING_FAILURES, List.of(error.code().code()));
  }

  private static List<String> place(TLSSocket socket) {
    return List.of(socket.provider(), side(socket));
  }

  private static String side(TLSSocket socket) {
    return socket.isServer() ? "server" : "client";
  }
}
