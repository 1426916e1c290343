package io.tlsport.provider.jdk;

import io.tlsport.ErrorCode;
import io.tlsport.spi.AlertCodes;
import io.tlsport.spi.Fault;
import java.security.InvalidAlgorithmParameterException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.BadPaddingException;
import javax.net.ssl.SSLException;

/**
 * What SunJSSE throws. It has no type for an alert that came from the peer, so that its text is the
 * only place to learn of it; everything else goes by type as far as that reaches.
 */
final class JdkFaults {
  private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: (\\w+)");

  private JdkFaults() {}

  static Fault explain(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadPaddingException) {
        return Fault.of(
            ErrorCode.ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
            "a record failed its integrity check");
      }
      if (cause instanceof InvalidAlgorithmParameterException) {
        // The order of security providers may have changed since this engine was found fit.
        Optional<String> disorder = JdkAvailability.disorder();
        if (disorder.isPresent()) {
          return Fault.of(ErrorCode.ERR_PROVIDER_FAILURE, disorder.get());
        }
      }
    }
    String text = String.valueOf(thrown.getMessage());
    Matcher received = RECEIVED.matcher(text);
    if (received.find()) {
      OptionalInt alert = AlertCodes.number(received.group(1));
      if (alert.isPresent()) {
        return Fault.alert(alert.getAsInt());
      }
    }
    return thrown instanceof SSLException
        ? Fault.of(code(text.toLowerCase(Locale.ROOT)), "the handshake or a record failed: " + text)
        : Fault.of(ErrorCode.ERR_PROVIDER_FAILURE, "the engine failed: " + thrown);
  }

  private static ErrorCode code(String text) {
    if (text.contains("plaintext connection") || text.contains("unsupported or unrecognized ssl")) {
      return ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER;
    }
    if (text.contains("protocol version")
        || text.contains("no appropriate protocol")
        || text.contains("supported protocol")) {
      return ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL;
    }
    if (text.contains("cipher suites in common")) {
      return ErrorCode.ERR_SSL_NO_SHARED_CIPHER;
    }
    if (text.contains("bad record")
        || text.contains("tag mismatch")
        || text.contains("invalid padding")) {
      return ErrorCode.ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC;
    }
    if (text.contains("unsafe renegotiation") || text.contains("insecure renegotiation")) {
      return ErrorCode.ERR_TLS_RENEGOTIATION_FAILED;
    }
    if (text.contains("handshake warning: no_renegotiation")) {
      return ErrorCode.ERR_SSL_TLSV1_ALERT_NO_RENEGOTIATION;
    }
    return text.contains("unexpected")
        ? ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE
        : ErrorCode.ERR_SSL_PROTOCOL_ERROR;
  }
}
