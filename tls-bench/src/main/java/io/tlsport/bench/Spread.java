package io.tlsport.bench;

import java.util.List;

/**
 * What several rounds have given: their median, and the interval between their 5th and their 95th
 * percentile, for which neighbours among the sorted rounds are interpolated.
 *
 * @param median of all
 * @param low the 5th percentile
 * @param high the 95th percentile
 */
public record Spread(double median, double low, double high) {
  private static final double TAIL = 0.05;

  /** Of at least one value. */
  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return new Spread(at(sorted, 0.5), at(sorted, TAIL), at(sorted, 1 - TAIL));
  }

  private static double at(List<Double> sorted, double part) {
    double place = part * (sorted.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }
}
