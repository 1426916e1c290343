package io.tlsport.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tlsport.CertificateExpiry;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.Pem;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsMeter;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry has after a connection that worked and one that did not. */
@Timeout(60)
class MicrometerListenerTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerListener listener = new MicrometerListener(registry);

  private static ServerOptions options() {
    return ServerOptions.builder()
        .context(c -> c.key(Identities.server().key()).cert(Identities.server().chain()))
        .build();
  }

  private static TLSSocket connect(Tls tls, int port, Pem ca) {
    return tls.connect(
        ConnectOptions.builder()
            .host("127.0.0.1")
            .port(port)
            .servername("localhost")
            .context(c -> c.ca(ca))
            .build());
  }

  private double open(String side) {
    return registry.get(TlsMeter.CONNECTIONS.id()).tags("side", side).gauge().value();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt"})
  void aConnectionIsMeasuredFromItsHandshakeToItsEnd(String provider) {
    try (Tls tls = Tls.builder().provider(provider).listener(listener).build()) {
      Server server = tls.createServer(options());
      int port = Patience.await(server.listen(0, "127.0.0.1"), "the server").port();
      TLSSocket client = connect(tls, port, Identities.ca());
      Patience.await(client.secured(), "the client to be secure");
      Patience.until(
          () -> timers("server") + timers("client") == 2, () -> "both sides' handshakes");
      Timer timer =
          registry
              .get("tlsport.handshake")
              .tags("provider", provider, "side", "client", "protocol", "TLSv1.3")
              .tags("resumed", "false", "cipher", client.cipher().orElseThrow().standardName())
              .timer();
      assertEquals(1, timer.count());
      assertTrue(timer.totalTime(TimeUnit.NANOSECONDS) > 0);
      assertEquals(1, open("client"));
      assertEquals(1, open("server"));
      client.destroy();
      Patience.until(() -> open("client") + open("server") == 0, () -> "both ends to be gone");

      TLSSocket refused = connect(tls, port, Identities.stranger().certificate());
      Patience.awaitFailure(refused.secured(), "a server that is not trusted");
      Patience.until(() -> refusals(provider) == 1, () -> "the refusal to be counted");
      assertEquals(1, timer.count());
      assertEquals(0, open("client"));

      server.setSecureContext(options().context());
      assertEquals(1, registry.get("tlsport.context.reloads").counter().count());
      assertLabelsAreKnown();
    }
  }

  private double refusals(String provider) {
    return registry
        .find("tlsport.handshake.failures")
        .tags("provider", provider, "side", "client", "blame", "peer")
        .tags("code", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private long timers(String side) {
    return registry.find("tlsport.handshake").tags("side", side).timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }

  /** No meter has a name, a label or a host that the enumeration does not have. */
  private void assertLabelsAreKnown() {
    for (Meter meter : registry.getMeters()) {
      TlsMeter known =
          Arrays.stream(TlsMeter.values())
              .filter(one -> one.id().equals(meter.getId().getName()))
              .findFirst()
              .orElseThrow();
      assertEquals(
          known.labels().stream().map(TlsMeter.Label::key).collect(Collectors.toSet()),
          meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet()));
      for (Tag tag : meter.getId().getTags()) {
        assertTrue(!tag.getValue().contains("localhost") && !tag.getValue().contains("127.0.0.1"));
      }
    }
  }

  @Test
  void whatFilesDoIsCounted() {
    listener.contextReloadFailed(
        new HandshakeException(ErrorCode.CERT_HAS_EXPIRED, "a name of a host: example.com"));
    Instant end = Instant.EPOCH;
    listener.certificateExpires(new CertificateExpiry("CN=a", "00", end, Duration.ofDays(3)));
    listener.certificateExpires(new CertificateExpiry("CN=a", "00", end, Duration.ofDays(-3)));
    assertEquals(
        1,
        registry
            .get("tlsport.context.reload.failures")
            .tags("code", "CERT_HAS_EXPIRED")
            .counter()
            .count());
    for (String expired : List.of("true", "false")) {
      assertEquals(
          1,
          registry.get("tlsport.certificate.expiries").tags("expired", expired).counter().count());
    }
    assertLabelsAreKnown();
  }
}
