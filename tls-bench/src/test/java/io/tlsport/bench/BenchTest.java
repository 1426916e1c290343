package io.tlsport.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ProtocolVersion;
import io.tlsport.testpki.KeyKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That what is measured is what the table says, not how fast it is. */
class BenchTest {
  private static final Plan SHORT = new Plan(Duration.ofMillis(1), 2, Duration.ofMillis(2), 20, 1);

  private static Bench bench(String... providers) {
    return new Bench(
        List.of(providers), EnumSet.allOf(Peer.class), "conscrypt", SHORT, progress -> {});
  }

  private static Row row(Work work, ProtocolVersion version) {
    return new Row(work, version, KeyKind.EC_P256, 2);
  }

  private static Map<String, String> failures(RowResult result) {
    Map<String, String> failures = new TreeMap<>(result.missing());
    failures.values().removeIf(reason -> !reason.startsWith("failed"));
    return failures;
  }

  @Test
  void everybodyDoesEveryWork() {
    try (Bench bench = bench("jdk")) {
      for (Work work : Work.values()) {
        RowResult result = bench.measure(row(work, ProtocolVersion.TLS_1_3));
        assertEquals(Map.of(), failures(result), work.text());
        for (RowResult.Measured one : result.measured()) {
          assertTrue(one.micros().median() > 0, () -> work + ": " + one);
          assertEquals(SHORT.rounds(), one.rounds().size());
          assertEquals(work == Work.ECHO, one.median() > 0, () -> work + ": " + one);
        }
      }
    }
  }

  @Test
  void resumedConnectionsResumeAndFullOnesDoNot() {
    try (Bench bench = bench("jdk", "conscrypt", "bctls")) {
      RowResult full = bench.measure(row(Work.CONNECT, ProtocolVersion.TLS_1_2));
      RowResult resumed = bench.measure(row(Work.RESUME, ProtocolVersion.TLS_1_2));
      for (Contestant contestant : bench.contestants()) {
        if (contestant.kind() == Contestant.Kind.TLSPORT) {
          assertEquals(0, full.of(contestant).orElseThrow().resumed(), contestant.name());
          assertTrue(resumed.of(contestant).orElseThrow().resumed() > 0.5, contestant.name());
        }
      }
    }
  }

  @Test
  void everyEngineOfAnotherHasItsPeer() {
    try (Bench bench =
        new Bench(
            List.of("conscrypt", "bcjsse", "bctls"),
            EnumSet.of(Peer.SSLHANDLER),
            "conscrypt",
            SHORT,
            progress -> {})) {
      assertEquals(5, bench.contestants().size());
      RowResult result = bench.measure(row(Work.CONNECT, ProtocolVersion.TLS_1_3));
      for (String engine : List.of("conscrypt", "bcjsse", "bctls")) {
        Contestant ours = new Contestant(Contestant.Kind.TLSPORT, engine);
        List<Contestant> peers =
            bench.contestants().stream().filter(one -> one.isSslHandlerOf(ours)).toList();
        assertEquals(1, peers.size(), engine);
        assertTrue(
            result.ratio(ours, peers.get(0)).isPresent(), () -> engine + ": " + result.missing());
      }
    }
  }

  @Test
  void processesTellTheirMemoryAndTheirStart() {
    try (Bench bench = bench("conscrypt")) {
      if (!Child.isPossible()) {
        assertEquals(List.of(), bench.idle());
        return;
      }
      Contestant ours = new Contestant(Contestant.Kind.TLSPORT, "conscrypt");
      IdleCost cost = bench.idle(ours, 20);
      assertTrue(cost.descriptors() >= 1, cost::toString);
      assertTrue(cost.descriptors() <= 4, cost::toString);
      assertTrue(cost.resident() > -1_000_000, cost::toString);
      Startup start = bench.startup(ours);
      assertTrue(start.wall().median() > 0, start::toString);
      assertTrue(start.cpu().median() > 0, start::toString);
    }
  }

  @Test
  void acceleratedServersHaveAJvmOfTheirOwn() {
    try (Bench bench = bench("jdk", "jdk+conscrypt")) {
      RowResult result = bench.measureOurs(row(Work.CONNECT, ProtocolVersion.TLS_1_3));
      assertEquals(Map.of(), result.missing());
      assertEquals(2, result.measured().size());
      assertTrue(result.measured().get(1).allocated().isEmpty());
    }
  }

  @Test
  void clientsVerifyAndMakeFullHandshakes() {
    try (Bench bench = bench("jdk+conscrypt", "conscrypt", "bcjsse", "bctls")) {
      for (ProtocolVersion version : List.of(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2)) {
        RowResult result = bench.measure(row(Work.CLIENT, version));
        assertEquals(Map.of(), failures(result), version.toString());
        assertEquals(9, result.measured().size(), result::toString);
        for (RowResult.Measured one : result.measured()) {
          assertEquals(0, one.resumed(), () -> version + ": " + one);
          assertTrue(one.micros().median() > 0, () -> version + ": " + one);
        }
      }
    }
  }

  @Test
  void manyHostsAreServed() {
    // What is accelerated has the contexts of its provider.
    try (Bench bench = bench("jdk", "jdk+conscrypt")) {
      List<Hosts> hosts = bench.hosts(List.of(1, 20));
      assertEquals(List.of(1, 20), hosts.stream().map(Hosts::contexts).toList());
      assertTrue(hosts.get(1).micros().median() > 0, hosts::toString);
    }
  }

  @Test
  void ratiosAreTakenWithinRounds() {
    Contestant ours = new Contestant(Contestant.Kind.TLSPORT, "jdk");
    Contestant peer = new Contestant(Contestant.Kind.SSL_HANDLER, "jdk");
    RowResult result =
        new RowResult(
            Row.flow(Work.DOWN, 1),
            List.of(
                new RowResult.Measured(
                    ours, List.of(1.0, 10.0, 100.0), 0, OptionalDouble.of(7), 0, 0),
                new RowResult.Measured(
                    peer, List.of(2.0, 20.0, 500.0), 0, OptionalDouble.empty(), 0, 0)),
            Map.of("Node", "failed: <tired>"),
            0.5);
    Spread ratio = result.ratio(ours, peer).orElseThrow();
    assertEquals(2, ratio.median());
    assertEquals(4.7, ratio.high(), 1e-9);
    String text =
        new Report(SHORT, List.of(ours, peer))
            .head(Instant.EPOCH, "x", List.of("a machine"), List.of())
            .rows(List.of(result))
            .toString();
    assertTrue(text.contains("| 16 KiB down | **2.00** (2.00..4.70) |"), text);
    assertTrue(text.contains("Node failed: <tired>: 16 KiB down"), text);
    assertTrue(text.contains("compilers ran for 50 %"), text);
    assertTrue(text.contains("\nMeasured 1970-01-01 by `x`:\n"), text);
    String svg = Plot.svg(List.of(ours, peer), List.of(result));
    assertTrue(svg.contains("<title>SslHandler jdk: 2.00</title>"), svg);
  }

  @Test
  void whoIsSlowerOverManyRoundsIsNamed() {
    Contestant ours = new Contestant(Contestant.Kind.TLSPORT, "jdk");
    Contestant peer = new Contestant(Contestant.Kind.SSL_HANDLER, "jdk");
    List<Contestant> both = List.of(ours, peer);
    List<RowResult> results =
        List.of(result(Work.UP, ours, 2.0, peer, 1.8), result(Work.DOWN, ours, 2.0, peer, 1.95));
    String few = new Report(SHORT, both).rows(results).toString();
    assertFalse(few.contains("interval ends below"), few);
    Plan many = new Plan(SHORT.warmUp(), 15, SHORT.turn(), 1, 1);
    String text = new Report(many, both).rows(results).toString();
    assertTrue(
        text.contains("15 rounds each whose 90 % interval ends below 0.97: `jdk`: 16 KiB up."),
        text);
  }

  private static RowResult result(
      Work work, Contestant ours, double our, Contestant peer, double theirs) {
    return new RowResult(
        Row.flow(work, 1),
        List.of(
            new RowResult.Measured(ours, List.of(our), 0, OptionalDouble.empty(), 0, 0),
            new RowResult.Measured(peer, List.of(theirs), 0, OptionalDouble.empty(), 0, 0)),
        Map.of(),
        0);
  }

  @Test
  void medianIsInTheMiddle() {
    assertEquals(new Spread(5, 5, 5), Spread.of(List.of(5.0)));
    assertEquals(2.5, Spread.of(List.of(9.0, 1.0, 2.0, 3.0)).median());
    Spread spread =
        Spread.of(IntStream.rangeClosed(1, 15).mapToObj(round -> (double) round).toList());
    assertEquals(8, spread.median(), 1e-9);
    assertEquals(1.7, spread.low(), 1e-9);
    assertEquals(14.3, spread.high(), 1e-9);
  }

  @Test
  void latenciesAreWithinTheirClass() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 100; i++) {
      latencies.took(i * 1_000L);
    }
    assertEquals(50, latencies.micros(0.5), 2);
    assertEquals(99, latencies.micros(0.99), 3);
    latencies.clear();
    assertEquals(0, latencies.micros(0.5));
  }
}
