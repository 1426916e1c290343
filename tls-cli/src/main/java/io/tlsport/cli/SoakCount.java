package io.tlsport.cli;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of the connections of a soak. Safe for any number of threads. */
final class SoakCount {
  private static final int MOST_TIMES = 1 << 20;

  private final Map<SoakTraffic, Long> connections = new EnumMap<>(SoakTraffic.class);
  private final Map<SoakTraffic, Long> failed = new EnumMap<>(SoakTraffic.class);
  private final Map<String, Integer> failures = new TreeMap<>();
  private final long[] nanos = new long[MOST_TIMES];
  private long timed;
  private long bytes;

  /** One that went as it should. */
  synchronized void done(SoakTraffic traffic, long checked) {
    connections.merge(traffic, 1L, Long::sum);
    bytes += checked;
  }

  /** One that did not. */
  synchronized void failed(SoakTraffic traffic, String why) {
    connections.merge(traffic, 1L, Long::sum);
    failed.merge(traffic, 1L, Long::sum);
    failures.merge(traffic + ": " + why, 1, Integer::sum);
  }

  /** How long a client waited until its connection was secure. */
  synchronized void secured(long waited) {
    nanos[(int) (timed++ % MOST_TIMES)] = waited;
  }

  synchronized long connections(SoakTraffic traffic) {
    return connections.getOrDefault(traffic, 0L);
  }

  synchronized long failed(SoakTraffic traffic) {
    return failed.getOrDefault(traffic, 0L);
  }

  /** Of all kinds. */
  synchronized long connections() {
    return connections.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of all kinds. */
  synchronized long failed() {
    return failed.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What went wrong, and how often. */
  synchronized Map<String, Integer> failures() {
    return new TreeMap<>(failures);
  }

  /** That came back as they had left. */
  synchronized long bytes() {
    return bytes;
  }

  /** The time, in milliseconds, within which that share of the clients was secure. */
  synchronized double milliseconds(double share) {
    int count = (int) Math.min(timed, MOST_TIMES);
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) (share * count))] / 1_000_000.0;
  }
}
