package io.tlsport.core.policy.hello;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PskIdentityReaderProperties {
  private static final int OTHER = 7;

  /** A ClientKeyExchange of that identity, and of a public key behind it, in such records. */
  private static byte[] records(byte[] identity, byte[] rest, int fragment) {
    int length = 2 + identity.length + rest.length;
    ByteBuffer message = ByteBuffer.allocate(4 + length);
    message.putInt(16 << 24 | length);
    message.putShort((short) identity.length).put(identity).put(rest).flip();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (message.hasRemaining()) {
      byte[] part = new byte[Math.min(fragment, message.remaining())];
      message.get(part);
      out.writeBytes(new byte[] {22, 3, 3, (byte) (part.length >> 8), (byte) part.length});
      out.writeBytes(part);
    }
    out.writeBytes(new byte[] {20, 3, 3, 0, 1, 1});
    return out.toByteArray();
  }

  @Property
  void findsTheIdentityInAnyFragments(
      @ForAll @Size(max = 300) byte[] identity,
      @ForAll @Size(max = 100) byte[] rest,
      @ForAll @IntRange(min = 8, max = 500) int fragment) {
    byte[] sent = records(identity, rest, fragment);
    PskIdentityReader.Found found =
        assertInstanceOf(
            PskIdentityReader.Found.class, PskIdentityReader.read(ByteBuffer.wrap(sent)));
    assertArrayEquals(identity, found.bytes());
  }

  @Property
  void waitsForTheRestAndMovesNothing(
      @ForAll @Size(min = 1, max = 300) byte[] identity,
      @ForAll @IntRange(min = 8, max = 500) int fragment,
      @ForAll @IntRange(min = 0, max = 10) int some) {
    byte[] sent = records(identity, new byte[0], fragment);
    ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(sent, some));
    assertInstanceOf(PskIdentityReader.Incomplete.class, PskIdentityReader.read(cut));
    assertArrayEquals(new int[] {0, some}, new int[] {cut.position(), cut.limit()});
  }

  @Property
  void whatBeginsOtherwiseIsAbsent(@ForAll @Size(max = 50) byte[] identity) {
    byte[] other = records(identity, new byte[0], 500);
    other[5] = OTHER;
    assertInstanceOf(
        PskIdentityReader.Absent.class, PskIdentityReader.read(ByteBuffer.wrap(other)));
    other[0] = OTHER;
    assertInstanceOf(
        PskIdentityReader.Absent.class, PskIdentityReader.read(ByteBuffer.wrap(other)));
  }

  @Property
  void anyBytesHaveAnAnswer(@ForAll @Size(max = 400) byte[] bytes) {
    PskIdentityReader.read(ByteBuffer.wrap(bytes));
  }
}
