package io.tlsport.bench;

import java.util.List;

/**
 * What several rounds have given.
 *
 * @param median of all
 * @param least of all
 * @param most of all
 */
public record Spread(double median, double least, double most) {
  /** Of at least one value. */
  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
  }
}
