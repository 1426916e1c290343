package io.tlsport.core.policy.hello;

import io.tlsport.ErrorCode;

/**
 * Why a ClientHello is not accepted.
 *
 * @param code what is reported
 * @param alert what the peer is told (RFC 8446 section 6); -1: nothing, it does not speak TLS
 * @param message one sentence
 */
public record HelloError(ErrorCode code, int alert, String message) {
  /** For peers that would not understand an alert. */
  public static final int NO_ALERT = -1;

  static final int UNEXPECTED_MESSAGE = 10;
  static final int RECORD_OVERFLOW = 22;
  static final int ILLEGAL_PARAMETER = 47;
  static final int DECODE_ERROR = 50;
  static final int PROTOCOL_VERSION = 70;
}
