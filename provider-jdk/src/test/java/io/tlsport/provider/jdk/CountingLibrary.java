package io.tlsport.provider.jdk;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A library that counts what is asked of it. */
final class CountingLibrary extends Provider {
  private static final long serialVersionUID = 1;

  private final transient Map<String, Integer> uses = new ConcurrentHashMap<>();
  private final transient Provider library;
  private final transient UnaryOperator<Object> change;

  CountingLibrary(Provider library) {
    this(library, made -> made);
  }

  /**
   * The same.
   *
   * @param change of what does the work
   */
  CountingLibrary(Provider library, UnaryOperator<Object> change) {
    super("Counting" + library.getName(), "1", "counts");
    this.library = library;
    this.change = change;
  }

  /** Under every name that the library knows. */
  @Override
  public @Nullable Service getService(String type, String algorithm) {
    Service service = library.getService(type, algorithm);
    return service == null
        ? null
        : new Service(this, type, algorithm, service.getClassName(), null, null) {
          @Override
          public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            uses.merge(type + "." + algorithm, 1, Integer::sum);
            return change.apply(service.newInstance(parameter));
          }

          @Override
          public boolean supportsParameter(Object parameter) {
            return service.supportsParameter(parameter);
          }
        };
  }

  /** How often an algorithm of that type was used whose name contains that. */
  int uses(String type, String algorithm) {
    return uses.entrySet().stream()
        .filter(use -> use.getKey().startsWith(type + "."))
        .filter(use -> use.getKey().contains(algorithm))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  int uses() {
    return uses.values().stream().mapToInt(Integer::intValue).sum();
  }
}
