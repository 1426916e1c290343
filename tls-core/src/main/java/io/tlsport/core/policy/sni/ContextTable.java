package io.tlsport.core.policy.sni;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code addContext} fills: host patterns and what belongs to them. The last added of several
 * matches wins. Safe for any number of threads; reading never waits.
 */
public final class ContextTable<T> {
  private volatile List<Entry<T>> newestFirst = List.of();

  private record Entry<T>(HostPattern pattern, T value) {}

  /** Adds a pattern, in place of the same one added before. */
  public synchronized void add(String pattern, T value) {
    HostPattern parsed = HostPattern.parse(pattern);
    List<Entry<T>> entries = new ArrayList<>();
    entries.add(new Entry<>(parsed, value));
    newestFirst.stream().filter(entry -> !entry.pattern().equals(parsed)).forEach(entries::add);
    newestFirst = List.copyOf(entries);
  }

  /** Removes exactly that pattern; false if it was not there. */
  public synchronized boolean remove(String pattern) {
    HostPattern parsed = HostPattern.parse(pattern);
    List<Entry<T>> left =
        newestFirst.stream().filter(entry -> !entry.pattern().equals(parsed)).toList();
    boolean removed = left.size() < newestFirst.size();
    newestFirst = left;
    return removed;
  }

  /** What belongs to that name. */
  public Optional<T> find(String hostname) {
    for (Entry<T> entry : newestFirst) {
      if (entry.pattern().matches(hostname)) {
        return Optional.of(entry.value());
      }
    }
    return Optional.empty();
  }
}
