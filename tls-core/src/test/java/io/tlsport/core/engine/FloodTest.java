package io.tlsport.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.core.fixtures.ManualLoop;
import io.tlsport.core.fixtures.NullEngine.Traits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A peer that sends without end what brings nothing. */
class FloodTest {
  private static final int LIMIT = ConnectionLimits.DEFAULT.silentRecords();

  /** Which the engine below takes and forgets, in its handshake and after it. */
  private static final byte[] CHANGE_CIPHER_SPEC = {20, 3, 3, 0, 1, 1};

  /** Which the engine below answers by 9 bytes, as others do key updates. */
  private static final byte[] KEY_UPDATE = {22, 3, 3, 0, 4, 20, 0, 0, 0};

  private static final byte[] DATA = {23, 3, 3, 0, 1, 'x'};
  private static final byte[] UNEXPECTED_MESSAGE = {21, 3, 3, 0, 2, 2, 10};

  private static Optional<ErrorCode> error(Side side) {
    return side.error().map(failure -> failure.code());
  }

  @Test
  void isCutInTheHandshakeByAnAlert() {
    Side client = new Side(new ManualLoop(), true, Traits.ofConscrypt(), Side.Options.usual());
    client.startClient();
    client.loop.run();
    client.takeWire();
    for (int i = 0; i < LIMIT; i++) {
      client.receive(CHANGE_CIPHER_SPEC);
    }
    client.loop.run();
    assertEquals(Optional.empty(), error(client));
    client.receive(CHANGE_CIPHER_SPEC);
    client.loop.run();
    assertEquals(Optional.of(ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE), error(client));
    assertArrayEquals(UNEXPECTED_MESSAGE, client.takeWire());
    assertTrue(client.sendsEnd());
  }

  @Test
  void isCutAfterTheHandshake() {
    Link link = Link.of(Traits.ofConscrypt()).open();
    for (int i = 0; i < LIMIT; i++) {
      link.server.receive(CHANGE_CIPHER_SPEC);
    }
    link.server.receive(DATA);
    for (int i = 0; i < LIMIT; i++) {
      link.server.receive(CHANGE_CIPHER_SPEC);
    }
    link.loop.run();
    assertEquals(Optional.empty(), error(link.server));
    link.server.receive(CHANGE_CIPHER_SPEC);
    link.loop.run();
    assertEquals(Optional.of(ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE), error(link.server));
  }

  /** Data between hides the flood from a count of silent records. */
  @Test
  void isAnsweredAsLongAsThePeerTakesTheAnswers() {
    Link link = Link.of(Traits.ofConscrypt()).open();
    for (int i = 0; i < 20_000; i++) {
      link.server.receive(KEY_UPDATE);
      link.server.receive(DATA);
      link.loop.run();
    }
    assertEquals(Optional.empty(), error(link.server));
    assertEquals(20_000, link.server.received.size());
  }

  @Test
  void endsWhenItsAnswersPileUp() {
    Link link = Link.of(Traits.ofConscrypt()).open();
    link.server.takesNothing();
    link.server.takeWire();
    int rounds = 0;
    while (error(link.server).isEmpty() && rounds < 20_000) {
      link.server.receive(KEY_UPDATE);
      link.server.receive(DATA);
      link.loop.run();
      rounds++;
    }
    assertEquals(Optional.of(ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE), error(link.server));
    int most = ConnectionLimits.DEFAULT.unreadAnswers();
    assertTrue(link.server.takeWire().length <= most + KEY_UPDATE.length, "what was kept for it");
    link.server.pending(most);
    link.loop.pass(Side.CLOSE_TIMEOUT.plus(Duration.ofMillis(1)));
    assertTrue(link.server.closed(), "a peer that takes nothing keeps no connection");
    assertEquals(0, link.server.buffers.bytesOut());
  }
}
