package io.tlsport.core.engine;

import io.tlsport.AuthorizationError;
import io.tlsport.PeerCertificate;
import java.util.Optional;

/**
 * What the core thinks of the peer's certificate.
 *
 * @param authorized it is trusted and, on clients, belongs to the host
 * @param error why it is not, if one was asked for
 * @param reject the connection is to be cut off; there is an error then
 * @param alert the alert that fits the error, if one can still be sent
 * @param refused the certificate of a peer that is cut off, if it sent one
 */
public record Verdict(
    boolean authorized,
    Optional<AuthorizationError> error,
    boolean reject,
    int alert,
    Optional<PeerCertificate> refused) {
  private static final int NONE = 0;

  /** The peer is trusted. */
  public static Verdict trusted() {
    return new Verdict(true, Optional.empty(), false, NONE, Optional.empty());
  }

  /** Nobody asked. */
  public static Verdict notAsked() {
    return new Verdict(false, Optional.empty(), false, NONE, Optional.empty());
  }

  /** The peer is not trusted, for that reason. */
  public static Verdict untrusted(
      AuthorizationError error, boolean reject, int alert, Optional<PeerCertificate> refused) {
    return new Verdict(false, Optional.of(error), reject, alert, refused);
  }
}
