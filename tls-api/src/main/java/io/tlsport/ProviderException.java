package io.tlsport;

import java.io.Serial;

/** A provider, or tlsport itself, misbehaved: worth a bug report. */
public final class ProviderException extends TlsException {
  @Serial private static final long serialVersionUID = 1L;

  /** A failure with no deeper cause. */
  public ProviderException(ErrorCode code, String message) {
    super(code, message, null);
  }

  /** A failure with the exception behind it. */
  public ProviderException(ErrorCode code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
