package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
import io.tlsport.core.policy.der.DerReader;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where some bytes come from, for messages.
 *
 * @param option the option's name
 * @param pem what it was given
 */
record Source(String option, Pem pem) {
  private static final Pattern CLASS_NAMES =
      Pattern.compile("(?:\\w+\\.)+\\w+(?:Exception|Error)(?:: |$)");

  ConfigurationException error(ErrorCode code, String message) {
    return new ConfigurationException(code, this + ": " + message);
  }

  ConfigurationException error(ErrorCode code, String message, Throwable cause) {
    return new ConfigurationException(code, this + ": " + message, cause);
  }

  /** True if it is one value in DER, and no text. */
  boolean isDer() {
    byte[] bytes = pem.bytes();
    return bytes.length > 0 && bytes[0] == DerReader.SEQUENCE;
  }

  /** The passphrase of these bytes: their own, or the one that is shared. */
  Optional<Secret> passphrase(Optional<Secret> shared) {
    return pem.passphrase().or(() -> shared);
  }

  /** What an exception says, without the names of the classes behind it. */
  static String reason(Throwable cause) {
    String message = cause.getMessage();
    String said = message == null ? "" : CLASS_NAMES.matcher(message).replaceAll("");
    return said.isBlank() ? "it cannot be read" : said;
  }

  @Override
  public String toString() {
    return option + " (" + pem.origin() + ")";
  }
}
