package io.tlsport.core.policy.hello;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Reads the identity of a client with a pre-shared key, which begins its ClientKeyExchange in the
 * clear (RFC 4279 section 2). Total: what is malformed is left to the engine.
 */
public final class PskIdentityReader {
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_KEY_EXCHANGE = 16;
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;

  /** In more records than these no honest client sends it. */
  private static final int MOST_RECORDS = 64;

  private PskIdentityReader() {}

  /** What the records show. */
  public sealed interface Result {}

  /** They end too soon. */
  public record Incomplete() implements Result {}

  /** They begin with something else. */
  public record Absent() implements Result {}

  /**
   * The identity.
   *
   * @param bytes as the client sent it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Found(byte[] bytes) implements Result {}

  /** Looks at what a client sends after the server's first flight; leaves it as it is. */
  public static Result read(ByteBuffer records) {
    ByteBuffer in = records.duplicate();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int count = 0; count < MOST_RECORDS; count++) {
      if (in.hasRemaining() && (in.get(in.position()) & 0xff) != HANDSHAKE) {
        return new Absent();
      }
      if (in.remaining() < RECORD_HEADER) {
        return new Incomplete();
      }
      int length = in.getShort(in.position() + RECORD_HEADER - 2) & 0xffff;
      in.position(in.position() + RECORD_HEADER);
      boolean whole = in.remaining() >= length;
      byte[] part = new byte[Math.min(length, in.remaining())];
      in.get(part);
      message.writeBytes(part);
      Result result = identity(message.toByteArray());
      if (!whole || !(result instanceof Incomplete)) {
        return result;
      }
    }
    return new Absent();
  }

  private static Result identity(byte[] message) {
    if (message.length > 0 && message[0] != CLIENT_KEY_EXCHANGE) {
      return new Absent();
    }
    if (message.length < MESSAGE_HEADER) {
      return new Incomplete();
    }
    try {
      Wire wire = new Wire(message);
      wire.u8();
      int length = wire.u24();
      if (length < 2) {
        return new Absent();
      }
      if (wire.remaining() < 2) {
        return new Incomplete();
      }
      int size = wire.u16();
      if (size > length - 2) {
        return new Absent();
      }
      return wire.remaining() < size ? new Incomplete() : new Found(wire.take(size));
    } catch (HelloException tooShort) {
      return new Absent();
    }
  }
}
