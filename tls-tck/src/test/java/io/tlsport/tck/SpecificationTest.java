package io.tlsport.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.engine.Specification;
import io.tlsport.tck.engine.Specification.Entry;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** The specification and the contracts say the same. */
class SpecificationTest {
  @Test
  void everyRuleHasATestUnlessItSaysWhyNot() throws IOException {
    Set<String> withoutTest = new TreeSet<>();
    for (Entry rule : specification().rules()) {
      if (rule.untested().isEmpty()) {
        withoutTest.add(rule.number());
      }
    }
    tests().forEach(test -> withoutTest.remove(rule(test)));
    assertEquals(Set.of(), withoutTest, "rules without a test");
  }

  @Test
  void everyTestNamesARuleThatExists() throws IOException {
    Specification specification = specification();
    List<String> strays = new ArrayList<>();
    for (Method test : tests()) {
      if (specification.rule(rule(test)).isEmpty()) {
        strays.add(test.getDeclaringClass().getSimpleName() + "." + test.getName());
      }
    }
    assertEquals(List.of(), strays, "tests whose rule is not in docs/specification.md");
  }

  @Test
  void noRuleIsBothTestedAndUntested() throws IOException {
    Set<String> untested = new TreeSet<>();
    for (Entry rule : specification().rules()) {
      if (rule.untested().isPresent()) {
        untested.add(rule.number());
      }
    }
    untested.retainAll(tests().stream().map(SpecificationTest::rule).toList());
    assertEquals(Set.of(), untested, "rules that say they are untested, and are tested");
  }

  /** Without its annotation a test never runs, and nobody misses it. */
  @Test
  void everyMethodThatNamesARuleIsATest() {
    assertEquals(
        List.of(),
        contracts().stream()
            .flatMap(contract -> Arrays.stream(contract.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Rule.class) && !isTest(method))
            .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
            .toList());
  }

  @Test
  void everyRuleSaysWhatItIsFor() throws IOException {
    for (Entry rule : specification().rules()) {
      assertFalse(rule.text().isEmpty(), () -> "TLS-" + rule.number() + " has no text");
      assertFalse(rule.intent().isEmpty(), () -> "TLS-" + rule.number() + " has no intent");
    }
  }

  @Test
  void kitQuotesTheSpecificationThatIsInForce() throws IOException {
    assertEquals(specification().rules(), Specification.ofKit().rules());
  }

  private static Specification specification() throws IOException {
    Path root = Path.of(System.getProperty("tlsport.root", ".."));
    return Specification.parse(Files.readString(root.resolve("docs/specification.md")));
  }

  private static String rule(Method test) {
    Rule rule = test.getAnnotation(Rule.class);
    return rule == null ? "none" : rule.value();
  }

  /** The tests of every contract that the kit includes. */
  private static List<Method> tests() {
    List<Method> tests = new ArrayList<>();
    for (Class<?> contract : contracts()) {
      for (Method method : contract.getDeclaredMethods()) {
        if (isTest(method)) {
          tests.add(method);
        }
      }
    }
    assertFalse(tests.isEmpty(), "no contract was found");
    return tests;
  }

  private static List<Class<?>> contracts() {
    List<Class<?>> contracts = new ArrayList<>();
    for (Class<?> nested : TlsProviderTck.class.getDeclaredClasses()) {
      if (nested.isAnnotationPresent(Nested.class)) {
        contracts.add(nested.getSuperclass());
      }
    }
    return contracts;
  }

  private static boolean isTest(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      if (isTestable(annotation.annotationType(), 3)) {
        return true;
      }
    }
    return false;
  }

  /** {@code @Test} carries the mark itself, {@code @EachVersion} through {@code @TestTemplate}. */
  private static boolean isTestable(Class<? extends Annotation> type, int depth) {
    if (type.isAnnotationPresent(Testable.class)) {
      return true;
    }
    if (depth > 0) {
      for (Annotation meta : type.getAnnotations()) {
        if (!meta.annotationType().getName().startsWith("java.")
            && isTestable(meta.annotationType(), depth - 1)) {
          return true;
        }
      }
    }
    return false;
  }
}
