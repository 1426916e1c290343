package io.tlsport.provider.bcjsse;

import io.tlsport.ErrorCode;
import io.tlsport.spi.AlertCodes;
import io.tlsport.spi.Fault;
import java.util.List;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** What Bouncy Castle throws: its alerts have types. */
final class BouncyCastleFaults {
  /** Where bcprov and bc-fips look at the numbers of a key before they compute with it. */
  private static final List<String> KEY_CHECKS =
      List.of("org.bouncycastle.crypto.params.", "org.bouncycastle.crypto.asymmetric.");

  private BouncyCastleFaults() {}

  static Fault explain(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error) {
        // FipsUnapprovedOperationError and its kin: the module refuses what was negotiated.
        return Fault.of(
            ErrorCode.ERR_PROVIDER_FAILURE,
            "the cryptographic module refused an operation: " + cause.getMessage());
      }
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof TlsFatalAlertReceived received) {
        return Fault.alert(received.getAlertDescription());
      }
      if (cause instanceof TlsFatalAlert ours) {
        int alert = ours.getAlertDescription();
        return Fault.of(code(alert), "the handshake or a record failed: " + AlertCodes.name(alert));
      }
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (isKeyCheck(cause)) {
        return Fault.of(
            ErrorCode.ERR_SSL_PROTOCOL_ERROR, "the peer's key is unusable: " + cause.getMessage());
      }
    }
    return thrown instanceof SSLException
        ? Fault.of(
            ErrorCode.ERR_SSL_PROTOCOL_ERROR,
            "the handshake or a record failed: " + thrown.getMessage())
        : Fault.of(ErrorCode.ERR_PROVIDER_FAILURE, "the engine failed: " + thrown);
  }

  /** Own keys were tried when their context was made, so that it is a peer's that fails here. */
  private static boolean isKeyCheck(Throwable cause) {
    if (!(cause instanceof IllegalArgumentException)) {
      return false;
    }
    StackTraceElement[] frames = cause.getStackTrace();
    return frames.length > 0 && KEY_CHECKS.stream().anyMatch(frames[0].getClassName()::startsWith);
  }

  /** The code of an alert that the engine raises itself. */
  private static ErrorCode code(int alert) {
    return switch (alert) {
      case 10 -> ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE;
      case 20 -> ErrorCode.ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC;
      case 22 -> ErrorCode.ERR_SSL_EXCESSIVE_MESSAGE_SIZE;
      case 40 -> ErrorCode.ERR_SSL_NO_SHARED_CIPHER;
      case 50 -> ErrorCode.ERR_SSL_DECODE_ERROR;
      case 70 -> ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL;
      case 100 -> ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED;
      case 120 -> ErrorCode.ERR_SSL_NO_APPLICATION_PROTOCOL;
      default -> ErrorCode.ERR_SSL_PROTOCOL_ERROR;
    };
  }
}
