package io.tlsport.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.core.fixtures.NullEngine.Traits;
import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EngineDriverProperties {
  /** However the wire cuts and however the application writes, the bytes arrive in order. */
  @Property(tries = 200)
  void carriesAnyWritesThroughAnyPieces(
      @ForAll @Size(max = 12) List<@IntRange(max = 40_000) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 20_000) int piece,
      @ForAll boolean tls12) {
    Link link =
        new Link(
                tls12 ? Traits.ofTls12() : Traits.halfClosing(),
                Side.Options.usual(),
                piece < 10_000 ? piece + 16 : piece)
            .open();
    carries(sizes, link);
  }

  /** The same, whatever it takes at once of what comes. */
  @Property(tries = 200)
  void carriesAnyWritesThatItTakesInPieces(
      @ForAll @Size(max = 6) List<@IntRange(max = 20_000) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 64) int largest,
      @ForAll boolean tls12) {
    Link link =
        new Link(
                tls12 ? Traits.ofTls12() : Traits.halfClosing(),
                Side.Options.pieces(largest),
                Integer.MAX_VALUE)
            .open();
    carries(sizes, link);
    assertEquals(
        link.client.driver.encryptedBytesWritten(), link.server.driver.encryptedBytesRead());
  }

  private static void carries(List<Integer> sizes, Link link) {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    byte next = 0;
    for (int size : sizes) {
      byte[] data = new byte[size];
      for (int i = 0; i < size; i++) {
        data[i] = next++;
      }
      expected.writeBytes(data);
      link.client.write(data);
    }
    link.client.end();
    link.move();
    link.loop.pass(Side.CLOSE_TIMEOUT);
    link.move();
    assertArrayEquals(expected.toByteArray(), link.server.received.toByteArray());
    assertEquals(0, link.server.buffers.bytesOut());
    assertEquals(0, link.client.buffers.bytesOut());
  }

  /** Whatever a peer sends in place of a handshake, the server ends with one error. */
  @Property(tries = 500)
  void survivesAnyBytesInPlaceOfAHandshake(
      @ForAll @Size(max = 600) byte[] junk, @ForAll boolean asHandshakeRecord) {
    Link link = Link.of(Traits.halfClosing());
    link.server.startServer();
    if (asHandshakeRecord && junk.length >= 5) {
      junk[0] = 22;
      junk[1] = 3;
    }
    link.server.receive(junk);
    link.loop.run();
    link.server.driver.transportEnded();
    link.loop.pass(Side.HANDSHAKE_TIMEOUT);
    link.server.gone();
    link.loop.run();
    assertEquals(1, link.server.events.stream().filter(e -> e.startsWith("error")).count());
    assertEquals(0, link.server.buffers.bytesOut());
  }
}
