package io.tlsport.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.tlsport.MeteringListener;
import io.tlsport.TlsMeter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts the meters of {@link TlsMeter} where OpenTelemetry collects them: counts are counters,
 * levels are up-down counters, durations are histograms in seconds. One serves as many {@code Tls}
 * as one likes, which then share their meters.
 */
public final class OpenTelemetryListener extends MeteringListener {
  /** A handshake in one building takes a millisecond, one around the world with losses seconds. */
  private static final List<Double> SECONDS =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

  private final Map<TlsMeter, LongCounter> counters = new EnumMap<>(TlsMeter.class);
  private final Map<TlsMeter, LongUpDownCounter> levels = new EnumMap<>(TlsMeter.class);
  private final Map<TlsMeter, DoubleHistogram> histograms = new EnumMap<>(TlsMeter.class);

  /** For {@code Tls.Builder.listener}. Its scope has the name {@code io.tlsport}. */
  public OpenTelemetryListener(OpenTelemetry telemetry) {
    Meter source = telemetry.getMeter("io.tlsport");
    for (TlsMeter meter : TlsMeter.values()) {
      make(source, meter);
    }
  }

  private void make(Meter source, TlsMeter meter) {
    switch (meter.kind()) {
      case COUNT ->
          counters.put(
              meter, source.counterBuilder(meter.id()).setDescription(meter.description()).build());
      case LEVEL ->
          levels.put(
              meter,
              source.upDownCounterBuilder(meter.id()).setDescription(meter.description()).build());
      case DURATION ->
          histograms.put(
              meter,
              source
                  .histogramBuilder(meter.id())
                  .setDescription(meter.description())
                  .setUnit("s")
                  .setExplicitBucketBoundariesAdvice(SECONDS)
                  .build());
    }
  }

  @Override
  protected void count(TlsMeter meter, List<String> labels) {
    Objects.requireNonNull(counters.get(meter)).add(1, attributes(meter, labels));
  }

  @Override
  protected void move(TlsMeter meter, List<String> labels, int by) {
    Objects.requireNonNull(levels.get(meter)).add(by, attributes(meter, labels));
  }

  @Override
  protected void record(TlsMeter meter, List<String> labels, Duration duration) {
    Objects.requireNonNull(histograms.get(meter))
        .record(duration.toNanos() / 1e9, attributes(meter, labels));
  }

  private static Attributes attributes(TlsMeter meter, List<String> labels) {
    AttributesBuilder attributes = Attributes.builder();
    for (int i = 0; i < labels.size(); i++) {
      attributes.put(meter.labels().get(i).key(), labels.get(i));
    }
    return attributes.build();
  }
}
