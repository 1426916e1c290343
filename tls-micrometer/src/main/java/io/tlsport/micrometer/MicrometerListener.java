package io.tlsport.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tlsport.MeteringListener;
import io.tlsport.TlsMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Puts the meters of {@link TlsMeter} into a registry: counts are counters, levels are gauges,
 * durations are timers with percentile histograms if the registry has them. One serves as many
 * {@code Tls} as one likes, which then share their meters.
 */
public final class MicrometerListener extends MeteringListener {
  private final MeterRegistry registry;
  private final Map<Series, LongAdder> levels = new ConcurrentHashMap<>();

  /** One series of a meter. */
  private record Series(TlsMeter meter, List<String> labels) {}

  /** For {@code Tls.Builder.listener}. */
  public MicrometerListener(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  protected void count(TlsMeter meter, List<String> labels) {
    Counter.builder(meter.id())
        .description(meter.description())
        .tags(tags(meter, labels))
        .register(registry)
        .increment();
  }

  @Override
  protected void move(TlsMeter meter, List<String> labels, int by) {
    levels.computeIfAbsent(new Series(meter, labels), this::gauge).add(by);
  }

  /** The registry holds what it reads only weakly: the map holds it. */
  private LongAdder gauge(Series series) {
    LongAdder level = new LongAdder();
    Gauge.builder(series.meter().id(), level, LongAdder::sum)
        .description(series.meter().description())
        .tags(tags(series.meter(), series.labels()))
        .register(registry);
    return level;
  }

  @Override
  protected void record(TlsMeter meter, List<String> labels, Duration duration) {
    Timer.builder(meter.id())
        .description(meter.description())
        .tags(tags(meter, labels))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofSeconds(30))
        .register(registry)
        .record(duration);
  }

  private static Tags tags(TlsMeter meter, List<String> labels) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      tags.add(Tag.of(meter.labels().get(i).key(), labels.get(i)));
    }
    return Tags.of(tags);
  }
}
