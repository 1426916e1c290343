package io.tlsport;

import java.util.Arrays;

/**
 * A TLS session, opaque: what the seed's {@code getSession()} returns and the option {@code
 * session} takes. On some providers the bytes are a handle that is good in this process only
 * ({@link Capability#SESSION_EXPORT} says where they are more); they hold secrets: store them as
 * you would store a key.
 */
public final class Session {
  private final byte[] data;

  private Session(byte[] data) {
    this.data = data;
  }

  /** A session from bytes that {@link #export()} gave; copied. */
  public static Session of(byte[] data) {
    return new Session(data.clone());
  }

  /** A copy of the bytes. */
  public byte[] export() {
    return data.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Session that && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  /** Only the length. */
  @Override
  public String toString() {
    return "Session[" + data.length + " bytes]";
  }
}
