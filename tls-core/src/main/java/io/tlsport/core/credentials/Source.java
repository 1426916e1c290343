package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;

/**
 * Where some bytes come from, for messages.
 *
 * @param option the option's name
 * @param pem what it was given
 */
record Source(String option, Pem pem) {
  ConfigurationException error(ErrorCode code, String message) {
    return new ConfigurationException(code, this + ": " + message);
  }

  ConfigurationException error(ErrorCode code, String message, Throwable cause) {
    return new ConfigurationException(code, this + ": " + message, cause);
  }

  @Override
  public String toString() {
    return option + " (" + pem.origin() + ")";
  }
}
