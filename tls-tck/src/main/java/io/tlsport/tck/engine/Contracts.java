package io.tlsport.tck.engine;

import io.tlsport.tck.TlsProviderTck;
import io.tlsport.tck.annotate.Rule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contracts of the kit, by their tags, and the names of their tests. */
public final class Contracts {
  private static final Map<String, Class<?>> ALL = all();

  private Contracts() {}

  private static Map<String, Class<?>> all() {
    Map<String, Class<?>> contracts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Class<?> nested : TlsProviderTck.class.getDeclaredClasses()) {
      Tag tag = nested.getAnnotation(Tag.class);
      if (nested.isAnnotationPresent(Nested.class) && tag != null) {
        contracts.put(tag.value(), nested.getSuperclass());
      }
    }
    return contracts;
  }

  /** All tags, in the order of the alphabet. */
  public static Set<String> tags() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  /** The tests of a contract; empty if there is none of that tag. */
  public static Set<String> tests(String tag) {
    return methods(tag).stream()
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The rules that a contract has tests of. */
  public static Set<String> rules(String tag) {
    return methods(tag).stream()
        .map(method -> method.getAnnotation(Rule.class).value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * True if there is a test of that rule.
   *
   * @param test its name; empty: any
   */
  static boolean have(String rule, String test) {
    return ALL.keySet().stream()
        .flatMap(tag -> methods(tag).stream())
        .filter(method -> test.isEmpty() || method.getName().equals(test))
        .anyMatch(method -> method.getAnnotation(Rule.class).value().equals(rule));
  }

  private static List<Method> methods(String tag) {
    Class<?> contract = ALL.get(tag);
    return contract == null
        ? List.of()
        : Arrays.stream(contract.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Rule.class))
            .toList();
  }
}
