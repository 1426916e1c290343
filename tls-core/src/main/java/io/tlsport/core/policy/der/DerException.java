package io.tlsport.core.policy.der;

import java.io.Serial;

/** These bytes are not the DER that was expected. */
public final class DerException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public DerException(String message) {
    super(message);
  }
}
