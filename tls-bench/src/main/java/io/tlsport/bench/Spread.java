package io.tlsport.bench;

import java.util.List;

/**
 * What several rounds have given.
 *
 * @param median of all
 * @param low the end of the middle 90 %, or of all if they are few
 * @param high the other end
 */
public record Spread(double median, double low, double high) {
  private static final double TAIL = 0.05;

  /** Of at least one value. */
  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int last = sorted.size() - 1;
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    int tail = (int) (TAIL * sorted.size());
    return new Spread(median, sorted.get(tail), sorted.get(last - tail));
  }
}
