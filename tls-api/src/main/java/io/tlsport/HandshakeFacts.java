package io.tlsport;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was known of a handshake that failed: for logs, and for the one who has to mend it. The same
 * on every provider; what is not known is empty.
 *
 * @param phase where it stood: {@code gate} (the ClientHello is read), {@code choice} (a hook of
 *     the application is waited for), {@code handshake}, {@code hold} (the same after the verdict),
 *     {@code renegotiation}, {@code open}; empty text: not known
 * @param alertSent what the peer was told, where that was decided here (RFC 8446 section 6)
 * @param alertReceived what the peer told
 * @param peer its address
 * @param servername the host that the client named
 * @param offered what the peer offered of what there was nothing in common of: versions, cipher
 *     suites or application protocols
 * @param supported what we had of that
 * @param hint what a person can do about it, in a sentence
 */
public record HandshakeFacts(
    String phase,
    OptionalInt alertSent,
    OptionalInt alertReceived,
    Optional<Address> peer,
    Optional<String> servername,
    List<String> offered,
    List<String> supported,
    Optional<String> hint) {
  /** Nothing is known. */
  public static final HandshakeFacts NONE =
      new HandshakeFacts(
          "",
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty());

  /** Keeps copies of the lists. */
  public HandshakeFacts {
    offered = List.copyOf(offered);
    supported = List.copyOf(supported);
  }

  /** The same with the alert that the peer was told; a negative one is none. */
  public HandshakeFacts sent(int alert) {
    return new HandshakeFacts(
        phase,
        alert < 0 ? OptionalInt.empty() : OptionalInt.of(alert),
        alertReceived,
        peer,
        servername,
        offered,
        supported,
        hint);
  }

  /** The same with the alert that the peer told. */
  public HandshakeFacts received(OptionalInt alert) {
    return new HandshakeFacts(phase, alertSent, alert, peer, servername, offered, supported, hint);
  }

  /** The same with what had nothing in common. */
  public HandshakeFacts comparing(List<String> theirs, List<String> ours) {
    return new HandshakeFacts(
        phase, alertSent, alertReceived, peer, servername, theirs, ours, hint);
  }

  /** The same with where it happened. */
  public HandshakeFacts at(
      String reached, Optional<Address> remote, Optional<String> named, Optional<String> advice) {
    return new HandshakeFacts(
        reached, alertSent, alertReceived, remote, named, offered, supported, advice);
  }
}
