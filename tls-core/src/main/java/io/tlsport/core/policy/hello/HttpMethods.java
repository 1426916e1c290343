package io.tlsport.core.policy.hello;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** How HTTP requests begin, HTTP/2's preface included. */
final class HttpMethods {
  /** So many bytes tell. */
  static final int LENGTH = 4;

  private static final List<byte[]> BEGINNINGS =
      List.of("GET ", "POST", "HEAD", "PUT ", "DELE", "CONN", "OPTI", "TRAC", "PATC", "PRI ")
          .stream()
          .map(method -> method.getBytes(StandardCharsets.US_ASCII))
          .toList();

  private HttpMethods() {}

  /** True if the first {@code count} bytes, at most {@link #LENGTH}, can begin a request. */
  static boolean startWith(byte[] bytes, int count) {
    return BEGINNINGS.stream().anyMatch(method -> Arrays.equals(method, 0, count, bytes, 0, count));
  }
}
