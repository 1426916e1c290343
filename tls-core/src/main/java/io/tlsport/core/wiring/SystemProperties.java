package io.tlsport.core.wiring;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place that sets system properties, for engines that read theirs while a class or a
 * context is made: under one lock of the process, and restored whatever happens.
 */
final class SystemProperties {
  private static final Object LOCK = new Object();

  private SystemProperties() {}

  static <T> T with(Map<String, String> values, Supplier<T> body) {
    synchronized (LOCK) {
      Map<String, @Nullable String> before = new HashMap<>();
      values.keySet().forEach(name -> before.put(name, System.getProperty(name)));
      try {
        values.forEach(System::setProperty);
        return body.get();
      } finally {
        before.forEach(SystemProperties::restore);
      }
    }
  }

  private static void restore(String name, @Nullable String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }
}
