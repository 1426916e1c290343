package io.tlsport.spi;

import io.tlsport.ErrorCode;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The alerts of RFC 8446 section 6 by number: their names, and the code that each is reported by.
 */
public final class AlertCodes {
  private static final String UNKNOWN = "unknown";

  private AlertCodes() {}

  /** The RFC's name, for example {@code handshake_failure}; {@code unknown} for other numbers. */
  public static String name(int description) {
    return switch (description) {
      case 0 -> "close_notify";
      case 10 -> "unexpected_message";
      case 20 -> "bad_record_mac";
      case 21 -> "decryption_failed";
      case 22 -> "record_overflow";
      case 30 -> "decompression_failure";
      case 40 -> "handshake_failure";
      case 41 -> "no_certificate";
      case 42 -> "bad_certificate";
      case 43 -> "unsupported_certificate";
      case 44 -> "certificate_revoked";
      case 45 -> "certificate_expired";
      case 46 -> "certificate_unknown";
      case 47 -> "illegal_parameter";
      case 48 -> "unknown_ca";
      case 49 -> "access_denied";
      case 50 -> "decode_error";
      case 51 -> "decrypt_error";
      case 60 -> "export_restriction";
      case 70 -> "protocol_version";
      case 71 -> "insufficient_security";
      case 80 -> "internal_error";
      case 86 -> "inappropriate_fallback";
      case 90 -> "user_canceled";
      case 100 -> "no_renegotiation";
      case 109 -> "missing_extension";
      case 110 -> "unsupported_extension";
      case 111 -> "certificate_unobtainable";
      case 112 -> "unrecognized_name";
      case 113 -> "bad_certificate_status_response";
      case 114 -> "bad_certificate_hash_value";
      case 115 -> "unknown_psk_identity";
      case 116 -> "certificate_required";
      case 120 -> "no_application_protocol";
      default -> UNKNOWN;
    };
  }

  /** The number of an alert's name, in any case; empty for other text. */
  public static OptionalInt number(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return wanted.equals(UNKNOWN)
        ? OptionalInt.empty()
        : IntStream.range(0, 256).filter(n -> name(n).equals(wanted)).findFirst();
  }

  /** The code of an alert that a peer sent. */
  public static ErrorCode code(int description) {
    return switch (description) {
      case 10 -> ErrorCode.ERR_SSL_SSLV3_ALERT_UNEXPECTED_MESSAGE;
      case 20 -> ErrorCode.ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC;
      case 40 -> ErrorCode.ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE;
      case 42 -> ErrorCode.ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE;
      case 43 -> ErrorCode.ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE;
      case 44 -> ErrorCode.ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED;
      case 45 -> ErrorCode.ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED;
      case 46 -> ErrorCode.ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN;
      case 47 -> ErrorCode.ERR_SSL_SSLV3_ALERT_ILLEGAL_PARAMETER;
      case 48 -> ErrorCode.ERR_SSL_TLSV1_ALERT_UNKNOWN_CA;
      case 49 -> ErrorCode.ERR_SSL_TLSV1_ALERT_ACCESS_DENIED;
      case 50 -> ErrorCode.ERR_SSL_TLSV1_ALERT_DECODE_ERROR;
      case 51 -> ErrorCode.ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR;
      case 70 -> ErrorCode.ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION;
      case 71 -> ErrorCode.ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY;
      case 80 -> ErrorCode.ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR;
      case 100 -> ErrorCode.ERR_SSL_TLSV1_ALERT_NO_RENEGOTIATION;
      case 112 -> ErrorCode.ERR_SSL_TLSV1_UNRECOGNIZED_NAME;
      case 115 -> ErrorCode.ERR_SSL_TLSV1_ALERT_UNKNOWN_PSK_IDENTITY;
      case 116 -> ErrorCode.ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED;
      case 120 -> ErrorCode.ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL;
      default -> ErrorCode.ERR_SSL_PROTOCOL_ERROR;
    };
  }
}
