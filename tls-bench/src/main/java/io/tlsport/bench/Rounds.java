package io.tlsport.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * All cells in turns: what disturbs the machine for a while disturbs neighbours alike, and only
 * costs of the same round are divided by each other.
 */
final class Rounds {
  private final List<Pairing> pairings;
  private final Plan plan;
  private final Consumer<String> progress;
  private double compiling;
  private double collecting;

  /** Rounds that have not begun. */
  Rounds(List<Pairing> pairings, Plan plan, Consumer<String> progress) {
    this.pairings = List.copyOf(pairings);
    this.plan = plan;
    this.progress = progress;
  }

  /** The two samples of one pairing in one round. */
  private record Turn(Sample first, Sample second) {}

  /** Warms everything up, then measures. */
  List<Outcome> run() {
    progress.accept("warming up " + pairings.size() + " pairs");
    for (Pairing pairing : pairings) {
      for (Cell cell : List.of(pairing.first(), pairing.second())) {
        cell.sample(plan.warmUp().toNanos());
      }
    }
    List<List<Turn>> turns = new ArrayList<>();
    pairings.forEach(pairing -> turns.add(new ArrayList<>()));
    long compiled = compilingMillis();
    long collected = collectingMillis();
    long begin = System.nanoTime();
    for (int round = 0; round < plan.rounds(); round++) {
      progress.accept("round " + (round + 1) + " of " + plan.rounds());
      for (int i = 0; i < pairings.size(); i++) {
        turns.get(i).add(turn(pairings.get(i), round));
      }
    }
    double millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    compiling = (compilingMillis() - compiled) / millis;
    collecting = (collectingMillis() - collected) / millis;
    return IntStream.range(0, pairings.size())
        .mapToObj(i -> outcome(pairings.get(i), turns.get(i)))
        .toList();
  }

  /** Who comes first changes from round to round. */
  private Turn turn(Pairing pairing, int round) {
    long cpu = plan.turn().toNanos();
    if (round % 2 == 0) {
      Sample first = pairing.first().sample(cpu);
      return new Turn(first, pairing.second().sample(cpu));
    }
    Sample second = pairing.second().sample(cpu);
    return new Turn(pairing.first().sample(cpu), second);
  }

  private static Outcome outcome(Pairing pairing, List<Turn> turns) {
    boolean megabytes = pairing.work().inMegabytes();
    List<Double> first = turns.stream().map(turn -> turn.first().micros(megabytes)).toList();
    List<Double> second = turns.stream().map(turn -> turn.second().micros(megabytes)).toList();
    List<Double> ratios =
        IntStream.range(0, turns.size()).mapToObj(i -> first.get(i) / second.get(i)).toList();
    return new Outcome(
        pairing.provider(),
        pairing.version(),
        pairing.work(),
        Spread.of(first),
        Spread.of(second),
        Spread.of(ratios),
        resumed(turns.stream().map(Turn::first).toList()),
        resumed(turns.stream().map(Turn::second).toList()));
  }

  private static double resumed(List<Sample> samples) {
    double all = samples.stream().mapToLong(Sample::operations).sum();
    return samples.stream().mapToLong(Sample::resumed).sum() / Math.max(1, all);
  }

  /** What part of the measured time a compiler ran, beside the servers; 0 to 1 or more. */
  double compiling() {
    return compiling;
  }

  /** What part of the measured time memory was collected; 0 to 1. */
  double collecting() {
    return collecting;
  }

  private static long compilingMillis() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler == null ? 0 : compiler.getTotalCompilationTime();
  }

  private static long collectingMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
