package io.tlsport.core.policy.hello;

import io.tlsport.ErrorCode;
import java.io.Serial;

/** Carries a {@link HelloError} out of the depths of a parser; never leaves this package. */
final class HelloException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient HelloError error;

  HelloException(ErrorCode code, int alert, String message) {
    super(message, null, false, false);
    this.error = new HelloError(code, alert, message);
  }

  static HelloException malformed(String what) {
    return new HelloException(
        ErrorCode.ERR_SSL_DECODE_ERROR, HelloError.DECODE_ERROR, "malformed ClientHello: " + what);
  }

  HelloError error() {
    return error;
  }
}
