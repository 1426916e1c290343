package io.tlsport.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.core.fixtures.NullEngine;
import io.tlsport.core.fixtures.NullEngine.Traits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class EngineDriverTest {
  private static final Duration ALMOST = Duration.ofMillis(1);

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private static void assertFreed(Side side) {
    assertEquals(1, side.engine.closes(), "the engine is closed once");
    assertEquals(0, side.buffers.bytesOut(), "all memory is back");
    assertEquals("close", side.events.get(side.events.size() - 1));
    assertEquals(1, side.events.stream().filter("close"::equals).count());
  }

  @Test
  void carriesDataBothWaysInOrder() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.client.write(text("one "));
    link.client.write(text("two"));
    link.server.write(text("three"));
    link.move();
    assertEquals("one two", link.server.received.toString(UTF_8));
    assertEquals("three", link.client.received.toString(UTF_8));
  }

  @Test
  void keepsWhatIsWrittenBeforeTheHandshake() {
    Link link = Link.of(Traits.halfClosing());
    link.client.write(text("early"));
    link.open();
    assertEquals("early", link.server.received.toString(UTF_8));
    assertEquals(List.of("secure", "written"), link.client.events);
  }

  @Test
  void sendsSmallWritesOfOneTurnTogether() {
    Link link = Link.of(Traits.halfClosing()).open();
    int before = link.client.flushes();
    for (int i = 0; i < 100; i++) {
      link.client.write(text("x"));
    }
    link.loop.run();
    assertEquals(1, link.client.flushes() - before);
    assertEquals(1, link.client.wire.size());
  }

  @Test
  void makesFewRecordsOfTheSmallWritesOfOneTurn() {
    Link link = Link.of(Traits.halfClosing()).open();
    byte[] small = new byte[1000];
    for (int i = 0; i < 40; i++) {
      link.client.write(small);
    }
    link.loop.run();
    assertEquals(List.of(16_384, 16_384, 40_000 - 2 * 16_384), plaintexts(link.client.takeWire()));
    assertEquals(40, link.client.events.stream().filter("written"::equals).count());
    link.client.write(small);
    link.loop.run();
    assertEquals(List.of(1_000), plaintexts(link.client.takeWire()), "the next turn is its own");
    assertEquals(0, link.client.buffers.bytesOut());
  }

  private static List<Integer> plaintexts(byte[] wire) {
    List<Integer> sizes = new ArrayList<>();
    for (int at = 0; at < wire.length; ) {
      int size = (wire[at + 3] & 0xff) << 8 | (wire[at + 4] & 0xff);
      sizes.add(size);
      at += Records.HEADER + size;
    }
    return sizes;
  }

  @Test
  void keepsTheOrderOfSmallAndLargeWrites() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.client.write(text("first "));
    link.client.write(text("x".repeat(SmallWrites.LARGEST + 1)));
    link.client.write(text(" last"));
    link.client.end();
    link.move();
    assertEquals(
        "first " + "x".repeat(SmallWrites.LARGEST + 1) + " last",
        link.server.received.toString(UTF_8));
  }

  @Test
  void tellsThoseWhoseWritesWaitThatTheConnectionIsGone() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.client.write(text("one"));
    link.client.write(text("two"));
    link.client.driver.destroy(null);
    link.move();
    assertEquals(
        2,
        link.client.events.stream().filter("refused ERR_STREAM_DESTROYED"::equals).count(),
        link.client.events.toString());
    assertEquals(0, link.client.buffers.bytesOut());
  }

  // --- ends

  @Test
  void endsItsSideAtOnceInTls13AndReadsOn() {
    Link link =
        new Link(Traits.halfClosing(), new Side.Options(true, false, Runnable::run), 7).open();
    link.client.write(text("question"));
    link.client.end();
    link.move();
    assertEquals(List.of("secure", "end"), link.server.events);
    link.server.write(text("late answer"));
    link.server.end();
    link.move();
    assertEquals("late answer", link.client.received.toString(UTF_8));
    assertTrue(link.client.driver.closedCleanly());
    assertTrue(link.server.driver.closedCleanly());
    assertFreed(link.client);
    assertFreed(link.server);
  }

  @Test
  void holdsItsEndBackInTls12UntilThePeerHasEnded() {
    Link link = Link.of(Traits.ofTls12()).open();
    link.client.write(text("question"));
    link.client.end();
    link.move();
    assertEquals(List.of("secure"), link.server.events, "the server saw no end yet");
    link.server.write(text("the whole answer"));
    link.server.end();
    link.move();
    link.loop.pass(Side.CLOSE_TIMEOUT);
    link.move();
    assertEquals("the whole answer", link.client.received.toString(UTF_8));
    assertTrue(link.client.driver.closedCleanly());
    assertFreed(link.client);
    assertFreed(link.server);
  }

  @Test
  void endsAServerOfTls12AtOnceAndReadsOn() {
    Link link = Link.of(Traits.ofTls12()).open();
    link.client.write(text("on its way"));
    link.server.end();
    link.move();
    assertEquals("on its way", link.server.received.toString(UTF_8));
    assertEquals(List.of("secure", "written", "end", "close"), link.client.events);
    assertTrue(link.server.driver.closedCleanly());
  }

  @Test
  void sendsAHeldBackEndAfterSilenceAndTakesTheAnswer() {
    Link link = Link.of(Traits.ofTls12()).open();
    link.client.end();
    link.move();
    link.loop.pass(Side.CLOSE_TIMEOUT.minus(ALMOST));
    link.move();
    assertFalse(link.server.events.contains("end"));
    link.loop.pass(ALMOST);
    link.move();
    assertEquals(List.of("secure", "end", "close"), link.server.events);
    assertTrue(link.client.driver.closedCleanly(), "the answer was read");
    assertFreed(link.client);
  }

  @Test
  void closesAfterItsEndWhenTheEngineReadsNoMore() {
    Link link = Link.of(Traits.closing()).open();
    link.client.end();
    link.loop.pass(Side.CLOSE_TIMEOUT);
    link.move();
    assertFalse(link.client.driver.closedCleanly(), "nobody saw the peer's end");
    assertFreed(link.client);
    assertFreed(link.server);
  }

  @Test
  void givesUpOnAPeerThatNeverAnswersTheEnd() {
    Link link = Link.of(Traits.ofTls12()).open();
    link.client.end();
    link.loop.pass(Side.CLOSE_TIMEOUT);
    link.loop.pass(Duration.ofSeconds(3));
    link.loop.pass(Side.CLOSE_TIMEOUT);
    assertFreed(link.client);
    assertEquals(Optional.empty(), link.client.error());
  }

  @Test
  void destroysWhatIsStillSendingItsLastBytes() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.client.driver.transportEnded();
    link.loop.run();
    assertTrue(link.client.sendsEnd(), "the transport closes in order");
    assertFalse(link.client.closed(), "and has not gone yet");
    link.client.driver.destroy(null);
    link.loop.run();
    assertTrue(link.client.closed());
    assertEquals(
        List.of("secure", "error ERR_SSL_UNEXPECTED_EOF_WHILE_READING", "close"),
        link.client.events);
    assertFreed(link.client);
  }

  @Test
  void waitsOnWhileThePeerStillSends() {
    Link link = Link.of(Traits.ofTls12()).open();
    link.client.end();
    for (int i = 0; i < 5; i++) {
      link.loop.pass(Side.CLOSE_TIMEOUT.minus(ALMOST));
      link.server.write(text("x"));
      link.move();
    }
    assertEquals("xxxxx", link.client.received.toString(UTF_8));
    assertFalse(link.client.closed());
  }

  @Test
  void deliversWhatWasSentBeforeTheEnd() {
    Link link = Link.of(Traits.closing()).open();
    byte[] much = new byte[300_000];
    Arrays.fill(much, (byte) 'a');
    link.server.write(much);
    link.server.end();
    link.loop.pass(Side.CLOSE_TIMEOUT);
    link.move();
    assertArrayEquals(much, link.client.received.toByteArray());
  }

  @Test
  void letsTheAnswerOutBeforeAnEndThatWouldCutItOff() {
    Link link = Link.of(Traits.ofConscrypt()).open();
    link.server.onData(() -> link.server.write(text("answer")));
    link.client.write(text("question"));
    link.client.end();
    link.move();
    assertEquals("answer", link.client.received.toString(UTF_8));
    assertTrue(link.client.driver.closedCleanly());
  }

  @Test
  void waitsForASlowPeerToTakeWhatWasSentBeforeTheEnd() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.server.pending(100_000);
    link.server.end();
    link.client.end();
    link.loop.run();
    link.server.receive(link.client.takeWire());
    link.loop.run();
    assertTrue(link.server.sendsEnd());
    for (long left = 90_000; left > 0; left -= 30_000) {
      link.loop.pass(Side.CLOSE_TIMEOUT.minus(ALMOST));
      link.server.pending(left);
      link.loop.pass(ALMOST);
      assertFalse(link.server.closed(), "it still takes bytes");
    }
    link.loop.pass(Side.CLOSE_TIMEOUT);
    assertTrue(link.server.closed(), "it took nothing for the whole time");
  }

  @Test
  void refusesWritesAfterTheEnd() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.client.end();
    link.client.write(text("late"));
    assertTrue(link.client.events.contains("refused ERR_STREAM_WRITE_AFTER_END"));
  }

  @Test
  void tellsTruncationApartFromAnEnd() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.server.write(text("partial"));
    link.move();
    link.client.driver.transportEnded();
    link.loop.run();
    assertEquals(
        ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING, link.client.error().orElseThrow().code());
    assertFalse(link.client.events.contains("end"));
    assertFalse(link.client.driver.closedCleanly());
    assertEquals("partial", link.client.received.toString(UTF_8));
  }

  @Test
  void takesTruncationAsAnEndWhereThatIsAllowed() {
    Link link =
        new Link(
                Traits.halfClosing(),
                new Side.Options(false, true, Runnable::run),
                Integer.MAX_VALUE)
            .open();
    link.client.driver.transportEnded();
    link.loop.run();
    assertEquals(List.of("secure", "end"), link.client.events);
    assertFalse(link.client.driver.closedCleanly());
  }

  // --- back pressure

  @Test
  void readsNothingAheadWhileTheApplicationDoesNot() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.client.driver.flowing(false);
    link.server.write(new byte[400_000]);
    link.move();
    assertFalse(link.client.reading());
    assertTrue(link.client.received.size() < 400_000);
    link.client.driver.flowing(true);
    link.move();
    assertEquals(400_000, link.client.received.size());
    assertTrue(link.client.reading());
    assertEquals(0, link.client.buffers.bytesOut(), "an idle connection holds no memory");
  }

  // --- what goes wrong

  @Test
  void givesUpOnAHandshakeThatDoesNotEnd() {
    Link link = Link.of(Traits.halfClosing());
    link.client.startClient();
    link.loop.pass(Side.HANDSHAKE_TIMEOUT.minus(ALMOST));
    assertEquals(List.of(), link.client.events);
    link.loop.pass(ALMOST);
    assertEquals(List.of("error ERR_TLS_HANDSHAKE_TIMEOUT", "close"), link.client.events);
    assertFreed(link.client);
    assertEquals(0, link.loop.timers());
  }

  @Test
  void boundsACallbackThatNeverAnswers() {
    Link link = Link.of(Traits.halfClosing());
    link.server.driver.startServer(hello -> new CompletableFuture<>());
    link.client.startClient();
    link.move();
    link.loop.pass(Side.HANDSHAKE_TIMEOUT);
    assertEquals(List.of("error ERR_TLS_HANDSHAKE_TIMEOUT", "close"), link.server.events);
  }

  @Test
  void freesAnEngineThatIsChosenTooLate() {
    Link link = Link.of(Traits.halfClosing());
    CompletableFuture<EngineChooser.Choice> answer = new CompletableFuture<>();
    link.server.driver.startServer(hello -> answer);
    link.client.startClient();
    link.move();
    link.server.driver.destroy(null);
    link.loop.run();
    answer.complete(new EngineChooser.Start(link.server.start()));
    link.loop.run();
    assertEquals(1, link.server.engine.closes());
  }

  /** A transport that is not read does not notice its end. */
  @Test
  void readsOnBeforeTheChoiceWithinBounds() {
    Link link = Link.of(Traits.halfClosing());
    link.server.driver.startServer(hello -> new CompletableFuture<>());
    link.client.startClient();
    link.move();
    assertTrue(link.server.reading());
    link.server.receive(new byte[64 * 1024 + 1]);
    assertFalse(link.server.reading());
    link.server.driver.transportEnded();
    link.loop.run();
    assertEquals(ErrorCode.ECONNRESET, link.server.error().orElseThrow().code());
  }

  @Test
  void reportsAPeerThatVanishesInTheHandshake() {
    Link link = Link.of(Traits.halfClosing());
    link.server.startServer();
    link.server.receive(new byte[] {22, 3, 1, 0});
    link.server.driver.transportEnded();
    link.loop.run();
    assertEquals(ErrorCode.ECONNRESET, link.server.error().orElseThrow().code());
    assertEquals("socket hang up", link.server.error().orElseThrow().getMessage());
  }

  @Test
  void doesNotSpinOnAnEngineThatDoesNothing() {
    Link link = Link.of(Traits.halfClosing());
    link.client.engine.fault(NullEngine.Fault.STUCK);
    link.client.startClient();
    link.loop.run();
    assertEquals(ErrorCode.ERR_PROVIDER_FAILURE, link.client.error().orElseThrow().code());
    assertTrue(link.client.engine.wraps() < 10);
  }

  @Test
  void turnsWhatAnEngineThrowsIntoOneError() {
    for (NullEngine.Fault fault :
        List.of(NullEngine.Fault.THROWS_ON_DATA, NullEngine.Fault.ERROR_ON_DATA)) {
      Link link = Link.of(Traits.halfClosing()).open();
      link.server.engine.fault(fault);
      link.client.write(text("x"));
      link.move();
      assertEquals(1, link.server.events.stream().filter(e -> e.startsWith("error")).count());
      assertTrue(link.server.error().orElseThrow().getMessage().startsWith("explained"));
      assertEquals(1, link.server.engine.closes());
    }
  }

  @Test
  void failsTheHandshakeWithWhatTheEngineThrows() {
    Link link = Link.of(Traits.halfClosing());
    link.client.engine.fault(NullEngine.Fault.THROWS_IN_HANDSHAKE);
    link.client.startClient();
    link.loop.run();
    assertEquals(
        "explained: IllegalStateException", link.client.error().orElseThrow().getMessage());
  }

  /** Some engines are silent then. */
  @Test
  void tellsAClientWhoseHelloBreaksTheEngine() {
    Link link = Link.of(Traits.halfClosing());
    link.server.engine.fault(NullEngine.Fault.THROWS_IN_HANDSHAKE);
    link.server.startServer();
    link.client.startClient();
    link.loop.run();
    link.server.receive(link.client.takeWire());
    link.loop.run();
    assertArrayEquals(new byte[] {21, 3, 3, 0, 2, 2, 80}, link.server.takeWire());
    assertEquals(
        "explained: IllegalStateException", link.server.error().orElseThrow().getMessage());
  }

  @Test
  void refusesARenegotiationBeforeTheEngineSeesIt() {
    Link link = Link.of(Traits.ofTls12()).open();
    link.client.receive(new byte[] {22, 3, 3, 0, 4, 0, 0, 0, 0});
    link.loop.run();
    assertEquals(
        ErrorCode.ERR_TLS_RENEGOTIATION_DISABLED, link.client.error().orElseThrow().code());
    assertEquals(1, link.client.engine.closes());
  }

  @Test
  void releasesNothingToAPeerThatIsRejected() {
    Link link = Link.of(Traits.halfClosing());
    AuthorizationError refused =
        new AuthorizationError(ErrorCode.CERT_HAS_EXPIRED, "certificate has expired", 0);
    link.server.verdict(Verdict.untrusted(refused, true, 45, Optional.empty()));
    link.client.write(text("secret"));
    link.open();
    assertEquals(ErrorCode.CERT_HAS_EXPIRED, link.server.error().orElseThrow().code());
    assertFalse(link.server.events.contains("secure"));
    assertEquals(0, link.server.received.size());
  }

  @Test
  void letsNothingPassWhileItIsHeld() {
    Link link = Link.of(Traits.halfClosing());
    CompletableFuture<Void> stored = new CompletableFuture<>();
    link.server.hold(stored);
    link.client.write(text("early"));
    link.open();
    assertEquals(List.of(), link.server.events);
    assertEquals("", link.server.received.toString(UTF_8));
    stored.complete(null);
    link.move();
    assertEquals(List.of("secure"), link.server.events);
    assertEquals("early", link.server.received.toString(UTF_8));
  }

  @Test
  void endsWhatWasHeldInVain() {
    Link link = Link.of(Traits.halfClosing());
    CompletableFuture<Void> stored = new CompletableFuture<>();
    link.server.hold(stored);
    link.open();
    stored.completeExceptionally(new IllegalStateException("full"));
    link.move();
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, link.server.error().orElseThrow().code());
    assertFalse(link.server.events.contains("secure"));
    assertFreed(link.server);
  }

  @Test
  void boundsAHoldThatNeverEnds() {
    Link link = Link.of(Traits.halfClosing());
    link.server.hold(new CompletableFuture<>());
    link.open();
    link.loop.pass(Side.HANDSHAKE_TIMEOUT);
    assertEquals(ErrorCode.ERR_TLS_HANDSHAKE_TIMEOUT, link.server.error().orElseThrow().code());
    assertFreed(link.server);
  }

  @Test
  void destroysWhatIsClosingAndWaitsForItsPeer() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.client.driver.transportEnded();
    link.loop.run();
    assertFalse(link.client.closed(), "it closes after what it sent");
    link.client.driver.destroy(null);
    link.loop.run();
    assertFreed(link.client);
    assertEquals(1, link.client.events.stream().filter(e -> e.startsWith("error")).count());
  }

  @Test
  void tellsEveryWriterThatNothingLeavesAnyMore() {
    Link link = Link.of(Traits.halfClosing());
    link.client.write(text("never"));
    link.client.driver.destroy(null);
    link.loop.run();
    assertEquals(List.of("refused ERR_STREAM_DESTROYED", "close"), link.client.events);
  }

  // --- the handshake on another executor

  @Test
  void keepsWhatArrivesWhileAJobHasTheEngine() {
    Deque<Runnable> jobs = new ArrayDeque<>();
    Link link = new Link(Traits.halfClosing(), new Side.Options(false, false, jobs::add), 1);
    link.server.startServer();
    link.client.startClient();
    for (int i = 0; i < 20; i++) {
      link.move();
      Runnable job = jobs.poll();
      if (job != null) {
        job.run();
      }
    }
    assertEquals(List.of("secure"), link.client.events);
    assertEquals(List.of("secure"), link.server.events);
  }

  @Test
  void freesTheEngineOnlyAfterTheJobThatUsesIt() {
    Deque<Runnable> jobs = new ArrayDeque<>();
    Link link =
        new Link(
            Traits.halfClosing(), new Side.Options(false, false, jobs::add), Integer.MAX_VALUE);
    link.client.startClient();
    link.client.driver.destroy(null);
    link.loop.run();
    assertEquals(0, link.client.engine.closes());
    jobs.remove().run();
    link.loop.run();
    assertEquals(1, link.client.engine.closes());
    assertEquals(0, link.client.buffers.bytesOut());
  }

  @Test
  void letsNothingLeaveWhileAJobMakesRecords() {
    Link link = Link.of(Traits.halfClosing());
    List<Integer> flushes = new ArrayList<>();
    link.client.engine.whileWrapping(
        () -> {
          link.client.driver.readComplete();
          flushes.add(link.client.flushes());
        });
    link.client.startClient();
    assertEquals(List.of(0), flushes);
    assertEquals(1, link.client.flushes());
  }

  @Test
  void failsWhenTheExecutorRefuses() {
    Link link =
        new Link(
            Traits.halfClosing(),
            new Side.Options(
                false,
                false,
                job -> {
                  throw new RejectedExecutionException();
                }),
            Integer.MAX_VALUE);
    link.client.startClient();
    link.loop.run();
    assertEquals(ErrorCode.ERR_PROVIDER_FAILURE, link.client.error().orElseThrow().code());
  }

  @Test
  void countsPlaintextAndCiphertext() {
    Link link = Link.of(Traits.halfClosing()).open();
    link.client.write(new byte[20_000]);
    link.move();
    assertEquals(20_000, link.client.driver.bytesWritten());
    assertEquals(20_000, link.server.driver.bytesRead());
    assertEquals(
        link.client.driver.encryptedBytesWritten(), link.server.driver.encryptedBytesRead());
    assertTrue(link.client.driver.encryptedBytesWritten() > 20_010);
  }

  @Test
  void writesFromMemoryThatIsTheCallersAgainAfterwards() {
    Link link = Link.of(Traits.halfClosing());
    ByteBuffer mine = ByteBuffer.wrap(text("kept"));
    link.client.driver.write(mine, false, failure -> {});
    Arrays.fill(mine.array(), (byte) '!');
    link.open();
    assertEquals("kept", link.server.received.toString(UTF_8));
  }
}
