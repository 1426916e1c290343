package io.tlsport.opentelemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.tlsport.ConnectOptions;
import io.tlsport.Pem;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader of the SDK has after a connection that worked and one that did not. */
@Timeout(60)
class OpenTelemetryListenerTest {
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();

  private OpenTelemetrySdk sdk() {
    return OpenTelemetrySdk.builder()
        .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
        .build();
  }

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

  private Stream<MetricData> metric(String name) {
    return reader.collectAllMetrics().stream().filter(one -> one.getName().equals(name));
  }

  /** The sum of the series that have a label with a value. */
  private long sum(String name, String key, String value) {
    return metric(name)
        .flatMap(one -> one.getLongSumData().getPoints().stream())
        .filter(point -> has(point.getAttributes(), key, value))
        .mapToLong(LongPointData::getValue)
        .sum();
  }

  private Optional<HistogramPointData> handshakes(String side) {
    return metric("tlsport.handshake")
        .flatMap(one -> one.getHistogramData().getPoints().stream())
        .filter(point -> has(point.getAttributes(), "side", side))
        .findFirst();
  }

  private static boolean has(Attributes attributes, String key, String value) {
    return value.equals(attributes.get(AttributeKey.stringKey(key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt"})
  void aConnectionIsMeasuredFromItsHandshakeToItsEnd(String provider) {
    try (OpenTelemetrySdk sdk = sdk();
        Tls tls =
            Tls.builder().provider(provider).listener(new OpenTelemetryListener(sdk)).build()) {
      Server server = tls.createServer(options());
      int port = Patience.await(server.listen(0, "127.0.0.1"), "the server").port();
      TLSSocket client = connect(tls, port, Identities.ca());
      Patience.await(client.secured(), "the client to be secure");
      Patience.until(
          () -> handshakes("server").isPresent() && handshakes("client").isPresent(),
          () -> "both sides' handshakes");
      HistogramPointData ours = handshakes("client").orElseThrow();
      assertEquals(1, ours.getCount());
      assertTrue(ours.getSum() > 0 && ours.getSum() < 60, ours::toString);
      assertEquals(0.001, ours.getBoundaries().get(0));
      assertEquals(
          Attributes.builder()
              .put("provider", provider)
              .put("side", "client")
              .put("protocol", "TLSv1.3")
              .put("cipher", client.cipher().orElseThrow().standardName())
              .put("resumed", "false")
              .build(),
          ours.getAttributes());
      assertEquals(2, sum("tlsport.connections", "provider", provider));
      client.destroy();
      Patience.until(
          () -> sum("tlsport.connections", "provider", provider) == 0,
          () -> "both ends to be gone");

      TLSSocket refused = connect(tls, port, Identities.stranger().certificate());
      Patience.awaitFailure(refused.secured(), "a server that is not trusted");
      Patience.until(
          () -> sum("tlsport.handshake.failures", "code", "UNABLE_TO_VERIFY_LEAF_SIGNATURE") == 1,
          () -> "the refusal to be counted");
      server.setSecureContext(options().context());
      assertEquals(
          1,
          metric("tlsport.context.reloads")
              .findFirst()
              .orElseThrow()
              .getLongSumData()
              .getPoints()
              .iterator()
              .next()
              .getValue());
    }
  }
}
