package io.tlsport.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a row has given.
 *
 * @param row that was measured
 * @param measured everybody who did all of it
 * @param missing why others did not, by name
 * @param compiling part of the measured time that compilers ran; with much, measure longer
 */
public record RowResult(
    Row row, List<Measured> measured, Map<String, String> missing, double compiling) {
  /**
   * One server.
   *
   * @param contestant who
   * @param rounds CPU microseconds for an operation, in each round
   * @param resumed part of the connections that resumed a session
   * @param allocated bytes for an operation, on the server's threads; empty outside this JVM
   * @param median microseconds of a round trip that half of them did not exceed; 0 for others
   * @param slow the same of 99 %
   */
  public record Measured(
      Contestant contestant,
      List<Double> rounds,
      double resumed,
      OptionalDouble allocated,
      double median,
      double slow) {
    /** What an operation costs. */
    public Spread micros() {
      return Spread.of(rounds);
    }
  }

  /** That server's figures. */
  public Optional<Measured> of(Contestant contestant) {
    return measured.stream().filter(one -> one.contestant().equals(contestant)).findFirst();
  }

  /** How many times less ours costs than the peer, in the same round. */
  public Optional<Spread> ratio(Contestant ours, Contestant peer) {
    return of(ours)
        .flatMap(
            less ->
                of(peer)
                    .map(
                        more ->
                            Spread.of(
                                IntStream.range(0, less.rounds().size())
                                    .mapToObj(i -> more.rounds().get(i) / less.rounds().get(i))
                                    .toList())));
  }
}
