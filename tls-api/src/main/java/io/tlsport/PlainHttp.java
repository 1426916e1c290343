package io.tlsport;

/**
 * What a server does with a plain HTTP request to its port. In any case the server emits {@code
 * clientError} with {@link ErrorCode#ERR_SSL_HTTP_REQUEST}, and the connection ends.
 */
public enum PlainHttp {
  /** Nothing is answered. */
  CLOSE,
  /** The answer is {@code 400 Bad Request}, with a line that says to use https. */
  BAD_REQUEST,
  /**
   * The answer sends to the same address by https (301, for other methods than GET and HEAD 308);
   * {@code 400} where the request has no usable {@code Host}, or is longer than 8 KiB.
   */
  REDIRECT
}
