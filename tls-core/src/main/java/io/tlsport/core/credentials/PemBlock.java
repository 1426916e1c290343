package io.tlsport.core.credentials;

import java.util.Map;

/**
 * One block of a PEM text (RFC 7468, RFC 1421).
 *
 * @param label for example {@code CERTIFICATE}
 * @param line where it begins, from 1; 0 if it was no PEM but DER
 * @param headers the lines before the content, such as {@code DEK-Info}
 * @param content decoded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemBlock(String label, int line, Map<String, String> headers, byte[] content) {
  /** What was DER, and the label that it would have. */
  static PemBlock ofDer(String label, byte[] content) {
    return new PemBlock(label, 0, Map.of(), content);
  }

  /** Which one it is, for messages. */
  @Override
  public String toString() {
    return label + (line == 0 ? " in DER" : " in line " + line);
  }
}
