package io.tlsport;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The peer broke the protocol or did not meet our policy, in the handshake or after it. For a
 * refused certificate it carries the verdict.
 */
public final class HandshakeException extends TlsException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient @Nullable AuthorizationError authorizationError;

  /** A failure of the protocol. */
  public HandshakeException(ErrorCode code, String message) {
    super(code, message, null);
    this.authorizationError = null;
  }

  /** A failure of the protocol with the exception behind it. */
  public HandshakeException(ErrorCode code, String message, Throwable cause) {
    super(code, message, cause);
    this.authorizationError = null;
  }

  /** A peer whose certificate is refused. */
  public HandshakeException(AuthorizationError error) {
    super(error.code(), error.message(), null);
    this.authorizationError = error;
  }

  /** The verdict on the peer's certificate, if that is what failed. */
  public Optional<AuthorizationError> authorizationError() {
    return Optional.ofNullable(authorizationError);
  }
}
