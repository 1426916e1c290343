package io.tlsport.provider.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.engine.Specification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The kit on a real provider with one flaw: a rule finds it, by its number, and says what it is.
 */
class FlawedProvidersTest {
  private static volatile Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);

  static class FlawedKit extends TlsProviderTck {
    @Override
    public TlsProviderFactory factory() {
      return new FlawedFactory(flaws);
    }
  }

  @Test
  void withoutAFlawTheKitFindsNothing() {
    Set<String> rules = Arrays.stream(Flaw.values()).map(Flaw::rule).collect(Collectors.toSet());
    Results results = run(EnumSet.noneOf(Flaw.class), rules);
    assertEquals(List.of(), results.failures);
    assertTrue(results.passed >= rules.size(), "every rule has a test");
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void kitFindsTheFlaw(Flaw flaw) {
    List<String> failures = run(EnumSet.of(flaw), Set.of(flaw.rule())).failures;
    assertFalse(failures.isEmpty(), flaw + " is not found by " + flaw.rule());
    for (String text : failures) {
      assertTrue(text.startsWith("TLS-" + flaw.rule() + " fails on jdk "), text);
      assertTrue(text.contains("\n  rule: "), text);
      assertTrue(text.contains("\n  intent: "), text);
      assertEquals(hasCauses(flaw.rule()), text.contains("\n  usual causes: "), text);
      assertTrue(text.contains("\n  what happened: "), text);
    }
  }

  private static boolean hasCauses(String rule) {
    return !Specification.ofKit().rule(rule).orElseThrow().causes().isEmpty();
  }

  private static Results run(Set<Flaw> chosen, Set<String> rules) {
    flaws = chosen;
    Results results = new Results();
    LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(FlawedKit.class))
                .filters(only(rules))
                .build(),
            results);
    return results;
  }

  private static PostDiscoveryFilter only(Set<String> rules) {
    return descriptor -> FilterResult.includedIf(isOf(descriptor, rules));
  }

  private static boolean isOf(TestDescriptor descriptor, Set<String> rules) {
    if (descriptor.getSource().orElse(null) instanceof MethodSource method) {
      Rule rule = method.getJavaMethod().getAnnotation(Rule.class);
      return rule != null && rules.contains(rule.value());
    }
    return true;
  }

  /** What the tests came to. */
  private static final class Results implements TestExecutionListener {
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private int passed;

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
        failures.add(
            result.getThrowable().map(thrown -> String.valueOf(thrown.getMessage())).orElse("?"));
      } else if (test.isTest()) {
        passed++;
      }
    }
  }
}
