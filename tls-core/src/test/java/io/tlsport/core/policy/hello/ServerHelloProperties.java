package io.tlsport.core.policy.hello;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ServerHelloProperties {
  @Property(tries = 500)
  void anyBytesGiveAnAnswerOrNone(@ForAll @Size(max = 120) byte[] bytes) {
    assertTrue(ServerHello.parse(ByteBuffer.wrap(bytes)).stream().count() <= 1);
  }

  @Property(tries = 300)
  void readsWhatWasWritten(
      @ForAll @Size(32) byte[] random,
      @ForAll @Size(max = 32) byte[] sessionId,
      @ForAll @IntRange(max = 0xffff) int version) {
    byte[] chosen =
        ServerHelloTest.extension(Extension.SUPPORTED_VERSIONS, HelloWriter.u16(version));
    ServerHello answer = read(ServerHelloTest.hello(random, sessionId, chosen)).orElseThrow();
    assertArrayEquals(random, answer.random());
    assertArrayEquals(sessionId, answer.sessionId());
    assertEquals(Optional.of(version), answer.version());
  }

  @Property(tries = 1000)
  void damagedAnswersGiveAnAnswerOrNone(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 0xffffff) Integer> damage) {
    byte[] body =
        ServerHelloTest.hello(
            new byte[32],
            new byte[32],
            ServerHelloTest.extension(Extension.SUPPORTED_VERSIONS, HelloWriter.u16(0x0304)),
            ServerHelloTest.extension(51, new byte[36]));
    byte[] bytes = HelloWriter.record(22, HelloWriter.message(2, body));
    for (int where : damage) {
      bytes[(where >> 8) % bytes.length] = (byte) where;
    }
    assertTrue(ServerHello.parse(ByteBuffer.wrap(bytes)).stream().count() <= 1);
  }

  private static Optional<ServerHello> read(byte[] body) {
    return ServerHello.parse(ByteBuffer.wrap(HelloWriter.record(22, HelloWriter.message(2, body))));
  }
}
