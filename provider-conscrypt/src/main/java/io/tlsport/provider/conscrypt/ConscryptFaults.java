package io.tlsport.provider.conscrypt;

import io.tlsport.ErrorCode;
import io.tlsport.spi.AlertCodes;
import io.tlsport.spi.Fault;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What Conscrypt throws: BoringSSL's reason is in the text, between addresses and build paths. */
final class ConscryptFaults {
  private static final Pattern REASON = Pattern.compile("OPENSSL_internal:([A-Z0-9_ ]+)");
  private static final Pattern ALERT =
      Pattern.compile("(?:SSLV3_ALERT_|TLSV1_ALERT_|TLSV1_)([A-Z_]+)");

  private static final Map<String, ErrorCode> CODES =
      Map.ofEntries(
          Map.entry("WRONG_VERSION_NUMBER", ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER),
          Map.entry("UNSUPPORTED_PROTOCOL", ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL),
          Map.entry("NO_SHARED_CIPHER", ErrorCode.ERR_SSL_NO_SHARED_CIPHER),
          Map.entry("NO_CERTIFICATE_SET", ErrorCode.ERR_SSL_NO_SHARED_CIPHER),
          Map.entry("HTTP_REQUEST", ErrorCode.ERR_SSL_HTTP_REQUEST),
          Map.entry("DECODE_ERROR", ErrorCode.ERR_SSL_DECODE_ERROR),
          Map.entry("EXCESSIVE_MESSAGE_SIZE", ErrorCode.ERR_SSL_EXCESSIVE_MESSAGE_SIZE),
          Map.entry("UNEXPECTED_MESSAGE", ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE),
          Map.entry("UNEXPECTED_RECORD", ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE),
          Map.entry("NO_RENEGOTIATION", ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED),
          Map.entry("TOO_MANY_KEY_UPDATES", ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE),
          Map.entry(
              "DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
              ErrorCode.ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC),
          Map.entry("BAD_DECRYPT", ErrorCode.ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC));

  private ConscryptFaults() {}

  static Fault explain(Throwable thrown) {
    if (!(thrown instanceof SSLException)) {
      return Fault.of(ErrorCode.ERR_PROVIDER_FAILURE, "the engine failed: " + thrown);
    }
    String text = String.valueOf(thrown.getMessage());
    Matcher reason = REASON.matcher(text);
    if (reason.find()) {
      return of(reason.group(1).trim());
    }
    return text.contains("TLS packet header")
        ? Fault.of(
            ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER, "the peer sent something that is not TLS")
        : Fault.of(ErrorCode.ERR_SSL_PROTOCOL_ERROR, "the handshake or a record failed");
  }

  private static Fault of(String reason) {
    Matcher alert = ALERT.matcher(reason);
    if (alert.matches()) {
      OptionalInt number = AlertCodes.number(alert.group(1));
      if (number.isPresent()) {
        return Fault.alert(number.getAsInt());
      }
    }
    return Fault.of(
        CODES.getOrDefault(reason, ErrorCode.ERR_SSL_PROTOCOL_ERROR),
        "the handshake or a record failed: " + reason);
  }
}
