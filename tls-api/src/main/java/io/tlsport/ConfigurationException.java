package io.tlsport;

import java.io.Serial;

/**
 * The application asked for something wrong: an option, a credential, an order of calls. Raised
 * before any connection where it can be, and never caused by what a peer sends.
 */
public sealed class ConfigurationException extends TlsException
    permits UnsupportedFeatureException {
  @Serial private static final long serialVersionUID = 1L;

  /** A failure with no deeper cause. */
  public ConfigurationException(ErrorCode code, String message) {
    super(code, message, null);
  }

  /** A failure with the exception behind it. */
  public ConfigurationException(ErrorCode code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
