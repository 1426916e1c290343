package io.tlsport.core.policy.hello;

import io.tlsport.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What is often sent to a port of TLS and is none, by its first bytes. */
enum PlainStart {
  /** Requests of HTTP, the preface of HTTP/2 included. */
  HTTP(
      ErrorCode.ERR_SSL_HTTP_REQUEST,
      "the peer sent a plain HTTP request to the TLS port: use https",
      "GET ",
      "POST",
      "HEAD",
      "PUT ",
      "DELE",
      "CONN",
      "OPTI",
      "TRAC",
      "PATC",
      "PRI "),
  /** The greeting of SSH. */
  SSH(
      ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER,
      "the peer speaks SSH: this port is one of TLS",
      "SSH-"),
  /** The header of a proxy, in either version. */
  PROXY(
      ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER,
      "a proxy sent its PROXY header, and this server expects none: set proxyProtocol(true), or"
          + " switch it off in the proxy",
      "PROX",
      "\r\n\r\n");

  /** So many bytes tell. */
  static final int LENGTH = 4;

  private final ErrorCode code;
  private final String message;

  /** Four characters each. */
  private final String beginnings;

  PlainStart(ErrorCode code, String message, String... beginnings) {
    this.code = code;
    this.message = message;
    this.beginnings = String.join("", beginnings);
  }

  /** What the first {@code count} bytes, at most {@link #LENGTH}, can be the beginning of. */
  static Optional<PlainStart> of(byte[] bytes, int count) {
    return Arrays.stream(values()).filter(start -> start.matches(bytes, count)).findFirst();
  }

  private boolean matches(byte[] bytes, int count) {
    String read = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    for (int at = 0; at < beginnings.length(); at += LENGTH) {
      if (beginnings.startsWith(read, at)) {
        return true;
      }
    }
    return false;
  }

  /** Why it is refused. */
  HelloException refusal() {
    return new HelloException(code, HelloError.NO_ALERT, message);
  }
}
