package io.tlsport.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of an event, in order. Values are text, numbers, booleans, null, lists, maps or other
 * members.
 */
final class Members {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  private Members() {}

  /** No members. */
  static Members none() {
    return new Members();
  }

  /** One member, to which more can be added. */
  static Members of(String name, @Nullable Object value) {
    return new Members().with(name, value);
  }

  /** Adds a member. */
  Members with(String name, @Nullable Object value) {
    values.put(name, value);
    return this;
  }

  /** Adds all members of {@code others}. */
  Members with(Members others) {
    values.putAll(others.values);
    return this;
  }

  /** What they are; a view. */
  Map<String, @Nullable Object> values() {
    return Collections.unmodifiableMap(values);
  }
}
