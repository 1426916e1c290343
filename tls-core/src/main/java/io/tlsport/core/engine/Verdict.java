package io.tlsport.core.engine;

import io.tlsport.AuthorizationError;
import java.util.Optional;

/**
 * What the core thinks of the peer's certificate.
 *
 * @param authorized it is trusted and, on clients, belongs to the host
 * @param error why it is not, if one was asked for
 * @param reject the connection is to be cut off; there is an error then
 * @param alert the alert that fits the error, if one can still be sent
 */
public record Verdict(
    boolean authorized, Optional<AuthorizationError> error, boolean reject, int alert) {
  private static final int NONE = 0;

  /** The peer is trusted. */
  public static Verdict trusted() {
    return new Verdict(true, Optional.empty(), false, NONE);
  }

  /** Nobody asked. */
  public static Verdict notAsked() {
    return new Verdict(false, Optional.empty(), false, NONE);
  }

  /** The peer is not trusted, for that reason. */
  public static Verdict untrusted(AuthorizationError error, boolean reject, int alert) {
    return new Verdict(false, Optional.of(error), reject, alert);
  }
}
