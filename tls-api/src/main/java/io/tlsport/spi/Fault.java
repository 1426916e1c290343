package io.tlsport.spi;

import io.tlsport.ErrorCode;
import java.util.OptionalInt;

/**
 * An engine's exception, understood.
 *
 * @param code the closest code
 * @param alertReceived the alert that the peer sent (RFC 8446 section 6), if that was the cause
 * @param message one sentence without addresses, paths or class names of the vendor
 */
public record Fault(ErrorCode code, OptionalInt alertReceived, String message) {
  /** A fault that we found. */
  public static Fault of(ErrorCode code, String message) {
    return new Fault(code, OptionalInt.empty(), message);
  }

  /** A fault that the peer reported by an alert. */
  public static Fault alert(int description) {
    return new Fault(
        AlertCodes.code(description),
        OptionalInt.of(description),
        "the peer sent the alert " + AlertCodes.name(description) + " (" + description + ")");
  }
}
