package io.tlsport.tck.report;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import io.tlsport.Capability;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.TlsProviderTck;
import io.tlsport.tck.annotate.EachCapability;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.engine.ContractExtension;
import io.tlsport.tck.engine.LeakExtension;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs single tests of the kit on a provider, beside whatever runs now: the results go to the
 * caller, and to nobody else. One trial at a time.
 */
public final class KitTrial {
  private final ProviderUnderTest kit;

  /** Tries that provider. */
  public KitTrial(ProviderUnderTest kit) {
    this.kit = kit;
  }

  /**
   * A test of the kit.
   *
   * @param contract the nested class of the kit that has it
   * @param method the test itself
   */
  public record Candidate(Class<?> contract, Method method) {
    /** The number of its rule. */
    public String rule() {
      return method.getAnnotation(Rule.class).value();
    }

    /** Whether it runs once for each version. */
    public boolean versioned() {
      return method.isAnnotationPresent(EachVersion.class);
    }

    private boolean requires(Capability capability) {
      return ContractExtension.requires(method, contract)
          .map(Requires::value)
          .filter(capability::equals)
          .isPresent();
    }
  }

  /** The tests that require that capability. */
  public static List<Candidate> requiring(Capability capability) {
    return candidates().filter(candidate -> candidate.requires(capability)).toList();
  }

  /** The tests of that rule. */
  public static List<Candidate> ofRule(String number) {
    return candidates().filter(candidate -> candidate.rule().equals(number)).toList();
  }

  private static Stream<Candidate> candidates() {
    return Stream.of(TlsProviderTck.class.getDeclaredClasses())
        .filter(nested -> nested.isAnnotationPresent(Nested.class))
        .sorted(Comparator.comparing(Class::getName))
        .flatMap(
            nested ->
                Stream.of(nested.getSuperclass().getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Rule.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .map(method -> new Candidate(nested, method)));
  }

  /** Runs it, in each version if it is one of those. */
  public List<TestResult> run(Candidate test) {
    return execute(selector(test));
  }

  /** Runs it for one capability. */
  public List<TestResult> run(Candidate test, Capability capability) {
    return test.method().isAnnotationPresent(EachCapability.class)
        ? execute(selectUniqueId(invocation(test, capability)))
        : run(test);
  }

  /** JUnit selects iterations by their place, but not those of nested classes. */
  private static UniqueId invocation(Candidate test, Capability capability) {
    return UniqueId.forEngine("junit-jupiter")
        .append("class", ChosenKit.class.getName())
        .append("nested-class", test.contract().getSimpleName())
        .append("test-template", test.method().getName() + "(" + Capability.class.getName() + ")")
        .append(
            "test-template-invocation",
            "#" + (List.of(Capability.values()).indexOf(capability) + 1));
  }

  private static DiscoverySelector selector(Candidate test) {
    return selectNestedMethod(
        List.of(ChosenKit.class),
        test.contract(),
        test.method().getName(),
        test.method().getParameterTypes());
  }

  private List<TestResult> execute(DiscoverySelector selector) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selector)
            // To look for lost buffers takes longer than most tests.
            .configurationParameter(LeakExtension.OFF, "true")
            .build();
    Results results = new Results();
    ProviderUnderTest before = ChosenKit.choose(kit);
    try {
      LauncherFactory.create(
              LauncherConfig.builder()
                  .enableTestExecutionListenerAutoRegistration(false)
                  .enablePostDiscoveryFilterAutoRegistration(false)
                  .build())
          .execute(request, results);
    } finally {
      ChosenKit.choose(before);
    }
    return List.copyOf(results.all);
  }

  private static final class Results extends KitListener {
    private final List<TestResult> all = new ArrayList<>();

    @Override
    void provider(String kit, String name, String version) {}

    @Override
    synchronized void result(String kit, TestResult result) {
      all.add(result);
    }
  }
}
