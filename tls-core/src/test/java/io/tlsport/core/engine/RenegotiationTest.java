package io.tlsport.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.RenegotiateOptions;
import io.tlsport.core.fixtures.NullEngine.Traits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenegotiationTest {
  private static final RenegotiateOptions NOTHING = new RenegotiateOptions(false, false);
  private static final AuthorizationError EXPIRED =
      new AuthorizationError(ErrorCode.CERT_HAS_EXPIRED, "certificate has expired", 0);

  private final Deque<Runnable> jobs = new ArrayDeque<>();

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private static Link open(int piece) {
    return opened(new Link(Traits.ofTls12(), Side.Options.usual(), piece));
  }

  private static Link opened(Link link) {
    link.client.engine.renegotiates();
    link.server.engine.renegotiates();
    return link.open();
  }

  /** A link whose handshakes are computed when the test says so. */
  private Link slow() {
    Link link = new Link(Traits.ofTls12(), new Side.Options(false, false, jobs::add), 100_000);
    link.client.engine.renegotiates();
    link.server.engine.renegotiates();
    link.server.startServer();
    link.client.startClient();
    work(link);
    link.client.driver.flowing(true);
    link.server.driver.flowing(true);
    work(link);
    return link;
  }

  private void work(Link link) {
    link.move();
    for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
      job.run();
      link.move();
    }
  }

  private static void assertFreed(Side side) {
    assertEquals(1, side.engine.closes(), "the engine is closed once");
    assertEquals(0, side.buffers.bytesOut(), "all memory is back");
  }

  @Test
  void aClientHandshakesAgain() {
    for (int piece : new int[] {1, 7, 100_000}) {
      Link link = open(piece);
      link.client.renegotiate(NOTHING);
      link.move();
      assertEquals(
          List.of("secure", "renegotiation 1", "renegotiated", "done"), link.client.events);
      assertEquals(List.of("secure", "renegotiation 1", "renegotiated"), link.server.events);
      assertEquals(1, link.server.engine.accepted());
      link.client.write(text("after"));
      link.move();
      assertEquals("after", link.server.received.toString(UTF_8));
    }
  }

  @Test
  void aServerHandshakesAgain() {
    Link link = open(1);
    link.server.renegotiate(NOTHING);
    link.move();
    assertEquals(List.of("secure", "renegotiation 1", "renegotiated", "done"), link.server.events);
    assertEquals(List.of("secure", "renegotiation 1", "renegotiated"), link.client.events);
  }

  @Test
  void callsFollowOneAnother() {
    Link link = open(100_000);
    link.server.renegotiate(NOTHING);
    link.client.renegotiate(NOTHING);
    link.server.renegotiate(NOTHING);
    link.move();
    assertEquals(2, link.server.events.stream().filter("done"::equals).count());
    assertEquals(1, link.client.events.stream().filter("done"::equals).count());
  }

  @Test
  void whatIsWrittenMeanwhileWaitsAndWhatThePeerSendsArrives() {
    Link link = slow();
    link.server.renegotiate(NOTHING);
    link.loop.run();
    link.server.write(text("held"));
    link.client.write(text("on its way"));
    link.loop.run();
    jobs.remove().run();
    link.loop.run();
    assertFalse(link.server.events.contains("written"));
    work(link);
    assertEquals("on its way", link.server.received.toString(UTF_8));
    assertEquals("held", link.client.received.toString(UTF_8));
    assertTrue(link.server.events.indexOf("renegotiated") < link.server.events.indexOf("written"));
  }

  @Test
  void anEndWaitsForTheHandshake() {
    Link link = slow();
    link.server.renegotiate(NOTHING);
    link.loop.run();
    link.server.write(text("last words"));
    link.server.end();
    work(link);
    assertEquals("last words", link.client.received.toString(UTF_8));
    assertTrue(link.client.events.contains("renegotiated"));
    assertTrue(link.client.driver.closedCleanly());
    assertTrue(link.server.error().isEmpty());
  }

  @Test
  void anApplicationThatPausesHoldsTheHandshakeUp() {
    Link link = slow();
    link.server.driver.flowing(false);
    link.server.renegotiate(NOTHING);
    link.loop.run();
    link.client.write(text("unread"));
    work(link);
    assertFalse(link.server.events.contains("renegotiated"));
    assertFalse(link.server.reading());
    link.server.driver.flowing(true);
    work(link);
    assertEquals("unread", link.server.received.toString(UTF_8));
    assertTrue(link.server.events.contains("renegotiated"));
  }

  @Test
  void begunInsideDataItLosesNothing() {
    Link link = open(100_000);
    link.server.onData(() -> link.server.renegotiate(NOTHING));
    link.client.write(text("one"));
    link.client.write(text(" two"));
    link.move();
    assertEquals("one two", link.server.received.toString(UTF_8));
    assertTrue(link.server.events.contains("done"));
  }

  @Test
  void theFourthOfThePeerIsAnAttack() {
    Link link = open(100_000);
    for (int i = 0; i < 3; i++) {
      link.client.renegotiate(NOTHING);
      link.move();
    }
    assertTrue(link.server.error().isEmpty());
    link.client.renegotiate(NOTHING);
    link.move();
    assertEquals(ErrorCode.ERR_TLS_SESSION_ATTACK, link.server.error().orElseThrow().code());
    assertTrue(link.server.error().get().getMessage().contains("TLS session renegotiation attack"));
    assertEquals(3, link.server.engine.accepted());
    link.loop.pass(Duration.ofSeconds(1));
    assertTrue(link.server.gone, "the transport is closed");
    assertFreed(link.server);
  }

  /** Some of them are done in the flush that comes before the handshake. */
  @Test
  void whatIsWrittenBecauseAWriteWasDoneWaitsForTheHandshake() {
    Link link = open(100_000);
    link.client.takesAtOnce();
    link.client.onData(() -> writeInTurn(link.client, 1));
    link.server.write("question".getBytes(UTF_8));
    link.server.renegotiate(NOTHING);
    link.loop.run();
    link.client.receive(link.server.takeWire());
    link.move();
    assertEquals("123456789", link.server.received.toString(UTF_8));
    assertTrue(link.client.events.contains("renegotiated"), link.client.events.toString());
  }

  private static void writeInTurn(Side side, int number) {
    side.driver.write(
        ByteBuffer.wrap(String.valueOf(number).getBytes(UTF_8)),
        true,
        failure -> {
          if (number < 9) {
            writeInTurn(side, number + 1);
          }
        });
  }

  @Test
  void theAttackerIsToldByTheEngine() {
    Link link = open(100_000);
    for (int i = 0; i < 3; i++) {
      link.client.renegotiate(NOTHING);
      link.move();
    }
    link.client.renegotiate(NOTHING);
    link.loop.run();
    link.server.receive(link.client.takeWire());
    link.loop.run();
    assertArrayEquals(new byte[] {21, 3, 3, 0, 2, 1, 100}, link.server.takeWire());
  }

  @Test
  void theWindowPasses() {
    Link link = open(100_000);
    for (int i = 0; i < 9; i++) {
      link.client.renegotiate(NOTHING);
      link.move();
      link.loop.pass(Duration.ofMinutes(4));
      link.move();
    }
    assertTrue(link.server.error().isEmpty());
    assertEquals(9, link.server.engine.accepted());
  }

  @Test
  void ownOnesAreNotCounted() {
    Link link = open(100_000);
    for (int i = 0; i < 9; i++) {
      link.server.renegotiate(NOTHING);
      link.move();
      if (i == 2) {
        assertTrue(link.client.error().isEmpty());
      }
    }
    assertTrue(
        link.server.error().stream().noneMatch(e -> e.code() == ErrorCode.ERR_TLS_SESSION_ATTACK));
    assertEquals(ErrorCode.ERR_TLS_SESSION_ATTACK, link.client.error().orElseThrow().code());
    assertEquals(3, link.client.engine.accepted());
  }

  @Test
  void aVerdictOfTheNewHandshakeCutsOff() {
    Link link = open(100_000);
    link.server.renegotiated(
        again ->
            again.requestCert()
                ? Verdict.untrusted(EXPIRED, again.rejectUnauthorized(), 45, Optional.empty())
                : Verdict.notAsked());
    link.server.renegotiate(RenegotiateOptions.requestCertificate());
    link.move();
    assertTrue(link.server.events.contains("done"));
    link.server.renegotiate(RenegotiateOptions.requireCertificate());
    link.move();
    assertEquals(ErrorCode.CERT_HAS_EXPIRED, link.server.error().orElseThrow().code());
    assertTrue(link.server.events.contains("not done CERT_HAS_EXPIRED"));
    assertFreed(link.server);
  }

  @Test
  void aPeerThatTakesNoPartIsCutOffInTime() {
    Link link = open(100_000);
    link.server.renegotiate(NOTHING);
    link.loop.run();
    link.server.takeWire();
    link.loop.pass(Side.HANDSHAKE_TIMEOUT.minusMillis(1));
    assertTrue(link.server.error().isEmpty());
    link.loop.pass(Duration.ofMillis(1));
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, link.server.error().orElseThrow().code());
    assertTrue(link.server.events.contains("not done ERR_TLS_HANDSHAKE_TIMEOUT"));
    assertFreed(link.server);
  }

  @Test
  void aTransportThatEndsMeanwhileIsAnError() {
    Link link = open(100_000);
    link.server.renegotiate(NOTHING);
    link.loop.run();
    link.server.driver.transportEnded();
    link.loop.run();
    assertEquals(ErrorCode.ECONNRESET, link.server.error().orElseThrow().code());
  }

  @Test
  void isRefusedBeforeTheConnectionIsSecureAndAfterItsEnd() {
    Link link = new Link(Traits.ofTls12(), Side.Options.usual(), 100_000);
    link.client.engine.renegotiates();
    link.client.renegotiate(NOTHING);
    link.loop.run();
    link.open();
    link.client.end();
    link.client.renegotiate(NOTHING);
    link.loop.run();
    assertEquals(
        2, link.client.events.stream().filter("not done ERR_TLS_INVALID_STATE"::equals).count());
    link.client.driver.destroy(null);
    link.client.renegotiate(NOTHING);
    link.loop.run();
    assertTrue(link.client.events.contains("not done ERR_STREAM_DESTROYED"));
  }

  @Test
  void disabledItRefusesBothSides() {
    Link link = open(100_000);
    link.server.driver.disableRenegotiation();
    link.server.renegotiate(NOTHING);
    link.move();
    assertTrue(link.server.events.contains("not done ERR_TLS_RENEGOTIATION_DISABLED"));
    assertTrue(link.server.error().isEmpty());
    link.client.renegotiate(NOTHING);
    link.move();
    assertEquals(
        ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED, link.server.error().orElseThrow().code());
    assertEquals(0, link.server.engine.accepted());
  }

  @Test
  void destroyedInTheMiddleItFreesWhatItHas() {
    Link link = slow();
    link.client.renegotiate(NOTHING);
    link.loop.run();
    link.client.driver.destroy(null);
    assertEquals(0, link.client.engine.closes(), "a job has the engine");
    work(link);
    assertFreed(link.client);
    assertTrue(link.client.events.contains("not done ERR_STREAM_DESTROYED"));
  }

  @Test
  void anEndThatWaitsForThePeerGoesOnWaitingAfterwards() {
    Link link = slow();
    link.client.end();
    work(link);
    link.server.renegotiate(NOTHING);
    link.loop.run();
    jobs.remove().run();
    link.move();
    link.loop.pass(Side.CLOSE_TIMEOUT);
    work(link);
    assertTrue(link.server.events.contains("done"));
    assertTrue(link.client.error().isEmpty());
    link.server.end();
    work(link);
    assertTrue(link.client.driver.closedCleanly());
    assertFreed(link.client);
  }

  private static void silent(Side side, int count) {
    for (int i = 0; i < count; i++) {
      side.receive(new byte[] {23, 3, 3, 0, 0});
      side.loop.run();
    }
  }

  @Test
  void recordsWithoutDataAreBounded() {
    for (Traits traits : List.of(Traits.ofTls12(), Traits.halfClosing())) {
      Link link = Link.of(traits).open();
      silent(link.server, 32);
      link.client.write(text("data"));
      link.move();
      silent(link.server, 32);
      assertTrue(link.server.error().isEmpty());
      silent(link.server, 1);
      assertEquals(ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE, link.server.error().orElseThrow().code());
      assertFreed(link.server);
    }
  }
}
