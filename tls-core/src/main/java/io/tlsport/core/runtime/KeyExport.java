package io.tlsport.core.runtime;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.spi.KeyingMaterial;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** One call of {@code exportKeyingMaterial}, its arguments checked. */
final class KeyExport {
  /** What HKDF gives at most with the smallest hash of TLS, SHA-256 (RFC 5869 section 2.3). */
  private static final int MOST = 255 * 32;

  /** A label travels behind "tls13 " and its length of one byte (RFC 8446 section 7.1). */
  private static final int LONGEST_LABEL = 249;

  private static final int LONGEST_CONTEXT = 0xffff;

  /** Labels by which TLS itself derives (RFC 5705 section 4). */
  private static final Set<String> RESERVED =
      Set.of(
          "client finished",
          "server finished",
          "master secret",
          "extended master secret",
          "key expansion");

  private final int length;
  private final String label;
  private final Optional<byte[]> context;

  private KeyExport(int length, String label, Optional<byte[]> context) {
    this.length = length;
    this.label = label;
    this.context = context;
  }

  /** A call, or its refusal. */
  static KeyExport of(int length, String label, Optional<byte[]> context) {
    if (length < 1 || length > MOST) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, "length must be 1 to " + MOST + " bytes, got " + length);
    }
    boolean printable = label.chars().allMatch(character -> character >= 0x20 && character < 0x7f);
    if (label.isEmpty() || label.length() > LONGEST_LABEL || !printable) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "label must be 1 to " + LONGEST_LABEL + " characters of printable ASCII");
    }
    if (RESERVED.contains(label)) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "label must not be \"" + label + "\": TLS derives its own secrets by it");
    }
    if (context.isPresent() && context.get().length > LONGEST_CONTEXT) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          "context must be at most " + LONGEST_CONTEXT + " bytes, got " + context.get().length);
    }
    return new KeyExport(length, label, context);
  }

  /** What the connection has of it; an exporter is there while it is secure. */
  byte[] from(Optional<KeyingMaterial> exporter) {
    try {
      Optional<byte[]> material =
          exporter.isEmpty() ? Optional.empty() : exporter.get().export(label, context, length);
      return material.orElseThrow(
          () ->
              new ConfigurationException(
                  ErrorCode.ERR_TLS_INVALID_STATE,
                  "keying material is there from secureConnect on, until close"));
    } catch (SSLException none) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_INVALID_STATE,
          "this connection has no keying material to export: " + none.getMessage(),
          none);
    }
  }
}
