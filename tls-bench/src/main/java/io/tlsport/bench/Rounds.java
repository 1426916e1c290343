package io.tlsport.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * All servers of a row in turns: what disturbs the machine for a while disturbs neighbours alike,
 * and only costs of the same round are divided by each other. Who fails drops out.
 */
final class Rounds {
  private static final double QUIET = 0.1;

  private final Row row;
  private final Plan plan;
  private final Map<Cell, List<Sample>> samples = new LinkedHashMap<>();
  private final Map<String, String> missing;

  /** Rounds of those cells, which take the reasons of those who are missing. */
  Rounds(Row row, Plan plan, List<Cell> cells, Map<String, String> missing) {
    this.row = row;
    this.plan = plan;
    this.missing = missing;
    cells.forEach(cell -> samples.put(cell, new ArrayList<>()));
  }

  /** Warms everything up, then measures. */
  RowResult run() {
    long turn = plan.turn().toNanos();
    cells().forEach(cell -> attempt(cell, () -> warmUp(cell)));
    samples.keySet().forEach(cell -> cell.load().latencies().clear());
    long compiled = compilingMillis();
    long begin = System.nanoTime();
    for (int round = 0; round < plan.rounds(); round++) {
      // Who comes first changes from round to round.
      List<Cell> order = cells();
      Collections.rotate(order, round);
      for (Cell cell : order) {
        attempt(cell, () -> taken(cell).add(cell.sample(turn)));
      }
    }
    double millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    return new RowResult(
        row,
        samples.entrySet().stream().map(e -> measured(e.getKey(), e.getValue())).toList(),
        Map.copyOf(missing),
        (compilingMillis() - compiled) / millis);
  }

  private List<Cell> cells() {
    return new ArrayList<>(samples.keySet());
  }

  private List<Sample> taken(Cell cell) {
    return samples.getOrDefault(cell, new ArrayList<>());
  }

  private void attempt(Cell cell, Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException failed) {
      samples.remove(cell);
      missing.put(cell.contestant().name(), "failed: " + failed.getMessage());
    }
  }

  /** Until compilers have nothing more to do for it, or its time is over. */
  private void warmUp(Cell cell) {
    long used = 0;
    int quiet = 0;
    // A JVM of its own has not seen the rows before.
    long most = plan.warmUp().toNanos() * (cell.contestant().hasOwnJvm() ? 2 : 1);
    while (used < most && quiet < 2) {
      long compiled = compilingMillis();
      long begin = System.nanoTime();
      used += cell.sample(plan.turn().toNanos()).cpuNanos();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      boolean busy =
          cell.contestant().hasOwnJvm()
              || (cell.contestant().kind().inJvm()
                  && compilingMillis() - compiled > QUIET * millis);
      quiet = busy ? 0 : quiet + 1;
    }
  }

  private static RowResult.Measured measured(Cell cell, List<Sample> taken) {
    double operations = taken.stream().mapToDouble(Sample::operations).sum();
    long allocated = taken.stream().mapToLong(Sample::allocated).sum();
    Latencies latencies = cell.load().latencies();
    return new RowResult.Measured(
        cell.contestant(),
        taken.stream().map(Sample::micros).toList(),
        taken.stream().mapToLong(Sample::resumed).sum() / operations,
        allocated < 0 ? OptionalDouble.empty() : OptionalDouble.of(allocated / operations),
        latencies.micros(0.5),
        latencies.micros(0.99));
  }

  private static long compilingMillis() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler == null ? 0 : compiler.getTotalCompilationTime();
  }
}
