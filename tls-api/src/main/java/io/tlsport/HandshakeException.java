package io.tlsport;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The peer broke the protocol or did not meet our policy, in the handshake or after it. For a
 * refused certificate it carries the verdict and the certificate.
 */
public final class HandshakeException extends TlsException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient @Nullable AuthorizationError authorizationError;
  private final transient @Nullable PeerCertificate peerCertificate;
  private final transient @Nullable HandshakeFacts facts;

  /** A failure of the protocol. */
  public HandshakeException(ErrorCode code, String message) {
    super(code, message, null);
    this.authorizationError = null;
    this.peerCertificate = null;
    this.facts = HandshakeFacts.NONE;
  }

  /** A failure of the protocol with the exception behind it. */
  public HandshakeException(ErrorCode code, String message, Throwable cause) {
    super(code, message, cause);
    this.authorizationError = null;
    this.peerCertificate = null;
    this.facts = HandshakeFacts.NONE;
  }

  /**
   * A peer whose certificate is refused.
   *
   * @param peerCertificate what it showed; empty if it showed none
   */
  public HandshakeException(AuthorizationError error, Optional<PeerCertificate> peerCertificate) {
    super(error.code(), error.message(), null);
    this.authorizationError = error;
    this.peerCertificate = peerCertificate.orElse(null);
    this.facts = HandshakeFacts.NONE;
  }

  private HandshakeException(HandshakeException same, HandshakeFacts facts) {
    super(same.code(), same.getMessage(), same.getCause());
    this.authorizationError = same.authorizationError;
    this.peerCertificate = same.peerCertificate;
    this.facts = facts;
    setStackTrace(same.getStackTrace());
    for (Throwable other : same.getSuppressed()) {
      addSuppressed(other);
    }
  }

  /** The same failure with what is known of it. */
  public HandshakeException with(HandshakeFacts known) {
    return new HandshakeException(this, known);
  }

  /** Where it stood, what was said, and what can be done: for logs and for people. */
  public HandshakeFacts facts() {
    return facts == null ? HandshakeFacts.NONE : facts;
  }

  /** The verdict on the peer's certificate, if that is what failed. */
  public Optional<AuthorizationError> authorizationError() {
    return Optional.ofNullable(authorizationError);
  }

  /**
   * The certificate that was refused: Node's {@code error.cert}. Empty if the peer showed none, or
   * if something else failed.
   */
  public Optional<PeerCertificate> peerCertificate() {
    return Optional.ofNullable(peerCertificate);
  }
}
