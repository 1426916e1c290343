package io.tlsport;

import java.util.Optional;

/** A version of the TLS protocol, oldest first. The names are those of Node and of JSSE. */
public enum ProtocolVersion {
  /** RFC 2246. Off unless asked for, at {@code @SECLEVEL=0}; most engines no longer have it. */
  TLS_1_0("TLSv1", 0x0301),
  /** RFC 4346. Off unless asked for, at {@code @SECLEVEL=0}; most engines no longer have it. */
  TLS_1_1("TLSv1.1", 0x0302),
  /** RFC 5246. The default minimum. */
  TLS_1_2("TLSv1.2", 0x0303),
  /** RFC 8446. The default maximum. */
  TLS_1_3("TLSv1.3", 0x0304);

  private final String id;
  private final int code;

  ProtocolVersion(String id, int code) {
    this.id = id;
    this.code = code;
  }

  /** The name that Node, OpenSSL and JSSE use, for example {@code TLSv1.3}. */
  public String id() {
    return id;
  }

  /** The two bytes that stand for this version on the wire, for example {@code 0x0304}. */
  public int code() {
    return code;
  }

  /** The version with that {@link #id()}, exactly spelled; empty for any other text. */
  public static Optional<ProtocolVersion> byId(String id) {
    for (ProtocolVersion version : values()) {
      if (version.id.equals(id)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** The version with that {@link #code()}; empty for any other number. */
  public static Optional<ProtocolVersion> byCode(int code) {
    for (ProtocolVersion version : values()) {
      if (version.code == code) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return id;
  }
}
