package io.tlsport.core.ocsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.spi.JcaServices;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestOcsp;
import io.tlsport.testpki.TestPki;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is asked, believed, kept and asked again. */
class OcspFetcherTest {
  private static final TestAuthority ROOT = TestPki.shared().authority("a root with a responder");
  private static final TestIdentity SERVER = ROOT.leaf(CertificateSpec.server("localhost"));
  private static final TestIdentity OTHER = ROOT.leaf(CertificateSpec.server("other.example"));
  private static final URI NOWHERE = URI.create("http://responder.invalid/");

  private final Instant start =
      Instant.ofEpochSecond(InstantSource.system().instant().getEpochSecond());
  private final Deque<CompletableFuture<byte[]>> asked = new ArrayDeque<>();
  private Instant now = start;
  private final OcspFetcher fetcher =
      new OcspFetcher(Optional.of(NOWHERE), this::ask, JcaServices.jdk(), () -> now);

  private CompletionStage<byte[]> ask(URI responder, byte[] request) {
    assertEquals(NOWHERE, responder);
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    asked.add(answer);
    return answer;
  }

  private CompletableFuture<Optional<byte[]>> status() {
    return fetcher.respond(SERVER.der(), Optional.of(ROOT.identity().der())).toCompletableFuture();
  }

  /** Good for an hour from now. */
  private TestOcsp good() {
    return TestOcsp.good(ROOT, SERVER, now).valid(now, now.plusSeconds(3600));
  }

  private static void assertStapled(byte[] response, CompletableFuture<Optional<byte[]>> status) {
    assertTrue(status.isDone());
    assertArrayEquals(response, status.join().orElseThrow());
  }

  private static void assertNothing(CompletableFuture<Optional<byte[]>> status) {
    assertTrue(status.isDone());
    assertTrue(status.join().isEmpty());
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void oneQuestionAnswersAllWhoWait() {
    CompletableFuture<Optional<byte[]>> first = status();
    CompletableFuture<Optional<byte[]>> second = status();
    assertFalse(first.isDone());
    byte[] response = good().der();
    asked.remove().complete(response);
    assertStapled(response, first);
    assertStapled(response, second);
    assertStapled(response, status());
    assertTrue(asked.isEmpty());
  }

  @Test
  void isRefreshedBeforeItsEndWhileTheOldOneIsStapled() {
    assertFalse(status().isDone());
    byte[] old = good().der();
    asked.remove().complete(old);
    pass(Duration.ofMinutes(29));
    assertStapled(old, status());
    assertTrue(asked.isEmpty());
    pass(Duration.ofMinutes(1));
    assertStapled(old, status());
    assertStapled(old, status());
    byte[] fresh = good().der();
    asked.remove().complete(fresh);
    assertTrue(asked.isEmpty());
    assertStapled(fresh, status());
  }

  @Test
  void lastGoodOneIsKeptUntilItsEndWhenTheResponderIsDown() {
    assertFalse(status().isDone());
    byte[] old = good().der();
    asked.remove().complete(old);
    pass(Duration.ofMinutes(40));
    assertStapled(old, status());
    asked.remove().completeExceptionally(new IOException("down"));
    assertStapled(old, status());
    assertTrue(asked.isEmpty(), "not again within a minute");
    pass(Duration.ofMinutes(1));
    assertStapled(old, status());
    asked.remove().complete(new byte[] {1, 2, 3});
    pass(Duration.ofMinutes(19));
    CompletableFuture<Optional<byte[]>> waiting = status();
    asked.remove().completeExceptionally(new IOException("down"));
    assertNothing(waiting);
    assertNothing(status());
    assertTrue(asked.isEmpty(), "nobody waits for it again within a minute");
  }

  @Test
  void thatItIsRevokedIsBelievedAndAnOlderAnswerNotAnyMore() {
    assertFalse(status().isDone());
    byte[] good = good().der();
    asked.remove().complete(good);
    pass(Duration.ofMinutes(30));
    assertTrue(status().isDone());
    byte[] revoked = good().revoked(now).der();
    asked.remove().complete(revoked);
    assertStapled(revoked, status());
    pass(Duration.ofMinutes(30));
    assertTrue(status().isDone());
    asked
        .remove()
        .complete(TestOcsp.good(ROOT, SERVER, now).valid(start, now.plusSeconds(1)).der());
    assertStapled(revoked, status());
  }

  private void assertNotBelieved(byte[] response) {
    CompletableFuture<Optional<byte[]>> waiting = status();
    asked.remove().complete(response);
    assertNothing(waiting);
    pass(Duration.ofMinutes(1));
  }

  @Test
  void nothingElseIsBelieved() {
    TestAuthority stranger = TestPki.shared().authority("a stranger");
    assertNotBelieved(new byte[0]);
    assertNotBelieved("hello".getBytes(StandardCharsets.US_ASCII));
    assertNotBelieved(new byte[] {0x30, 0x03, 0x0a, 0x01, 0x03});
    assertNotBelieved(TestOcsp.good(ROOT, OTHER, now).der());
    assertNotBelieved(good().unknown().der());
    assertNotBelieved(good().signedBy(stranger.identity()).der());
    assertNotBelieved(good().signedBy(OTHER).der());
    assertNotBelieved(good().valid(now.minusSeconds(7200), now.minusSeconds(3600)).der());
    assertNotBelieved(good().valid(now.plusSeconds(7200), now.plusSeconds(10_800)).der());
    byte[] damaged = good().der();
    int inTheSignature = damaged.length - SERVER.der().length - ROOT.identity().der().length / 2;
    damaged[Math.max(inTheSignature, damaged.length / 4)] ^= 1;
    assertNotBelieved(damaged);
    CompletableFuture<Optional<byte[]>> waiting = status();
    byte[] right = good().der();
    asked.remove().complete(right);
    assertStapled(right, waiting);
  }

  @Test
  void withoutAnIssuerOrAnAddressNobodyIsAsked() {
    OcspFetcher byAddress =
        new OcspFetcher(Optional.empty(), this::ask, JcaServices.jdk(), () -> now);
    assertNothing(
        byAddress.respond(SERVER.der(), Optional.of(ROOT.identity().der())).toCompletableFuture());
    assertNothing(fetcher.respond(SERVER.der(), Optional.empty()).toCompletableFuture());
    assertTrue(asked.isEmpty());
  }

  @Test
  void failuresAreToldInWords() {
    assertEquals(
        "it cannot be reached",
        OcspFetcher.reason(new CompletionException(new ConnectException())));
    assertEquals("it did not answer in time", OcspFetcher.reason(new TimeoutException()));
    assertEquals(
        "HTTP 500", OcspFetcher.reason(new CompletionException(new IOException("HTTP 500"))));
    assertEquals("the request failed", OcspFetcher.reason(new IOException()));
  }
}
