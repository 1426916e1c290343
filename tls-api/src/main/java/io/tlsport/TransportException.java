package io.tlsport;

import java.io.Serial;

/** The network, the operating system or a file failed: the TLS part is not to blame. */
public final class TransportException extends TlsException {
  @Serial private static final long serialVersionUID = 1L;

  /** A failure with no deeper cause. */
  public TransportException(ErrorCode code, String message) {
    super(code, message, null);
  }

  /** A failure with the exception behind it. */
  public TransportException(ErrorCode code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
