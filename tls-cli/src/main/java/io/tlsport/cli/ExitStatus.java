package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.TlsException;
import io.tlsport.UnsupportedFeatureException;

/** What the program's exit status means. */
final class ExitStatus {
  /** Done. */
  static final int DONE = 0;

  /** The TLS work failed. */
  static final int FAILED = 1;

  /** The program was used wrongly. */
  static final int USAGE = 2;

  /** The provider cannot do what was asked. */
  static final int UNSUPPORTED = 3;

  /** The provider is known but not available here. */
  static final int UNAVAILABLE = 4;

  private ExitStatus() {}

  /** The status for a failure. */
  static int of(TlsException failure) {
    if (failure instanceof UnsupportedFeatureException) {
      return UNSUPPORTED;
    }
    if (failure.code() == ErrorCode.ERR_PROVIDER_UNAVAILABLE
        || failure.code() == ErrorCode.ERR_CRYPTO_FIPS_UNAVAILABLE) {
      return UNAVAILABLE;
    }
    return failure instanceof ConfigurationException ? USAGE : FAILED;
  }
}
