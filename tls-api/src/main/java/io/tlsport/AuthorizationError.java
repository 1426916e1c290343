package io.tlsport;

/**
 * Why the peer's certificate is not accepted: what the seed calls {@code authorizationError}.
 *
 * @param code OpenSSL's name of the verdict
 * @param message OpenSSL's sentence for it, with the names that help
 * @param depth the position in the peer's chain that failed: 0 is the leaf
 */
public record AuthorizationError(ErrorCode code, String message, int depth) {
  /** Escapes controls in the message, and cuts it after 2,000 characters. */
  public AuthorizationError {
    message = SafeText.line(message);
  }

  /** Only the code, as Node prints it. */
  @Override
  public String toString() {
    return code.code();
  }
}
