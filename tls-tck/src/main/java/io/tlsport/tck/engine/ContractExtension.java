package io.tlsport.tck.engine;

import io.tlsport.ProtocolVersion;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Gives every test its provider, turns what it did into an outcome, and cleans up after it. */
public final class ContractExtension
    implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(ContractExtension.class);
  private static final Specification SPECIFICATION = Specification.ofKit();

  @Override
  public void beforeEach(ExtensionContext context) {
    // Asked first, so that what the first use of a provider opens is there before the test.
    subject(context);
    contract(context).begin(kit(context));
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    contract(context).finish();
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    intercept(invocation, method, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    intercept(invocation, method, context);
  }

  private static void intercept(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context) {
    Throwable thrown = null;
    try {
      invocation.proceed();
    } catch (Throwable failed) {
      // An abort ("assume") is a failure too: no test of the kit is ever skipped.
      thrown = failed;
    }
    Subject subject = subject(context);
    Verdicts.Run run = run(method, context);
    Verdicts.Verdict verdict =
        Verdicts.decide(subject, run, thrown, contract(context).bench().bytesSent());
    context.publishReportEntry(entry(subject, run, verdict));
    if (verdict.outcome() == Outcome.FAIL) {
      throw BrokenRule.of(subject, run, verdict, SPECIFICATION, thrown);
    }
  }

  /** What reports are made of; JUnit allows no blank value. */
  private static Map<String, String> entry(
      Subject subject, Verdicts.Run run, Verdicts.Verdict verdict) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("tlsport.provider", subject.info().name());
    entry.put("tlsport.version", subject.info().version());
    entry.put("tlsport.rule", run.rule());
    entry.put("tlsport.test", run.test());
    run.version().ifPresent(version -> entry.put("tlsport.protocol", version.id()));
    entry.put("tlsport.outcome", (verdict.outcome() + " " + verdict.why()).strip());
    return entry;
  }

  private static Verdicts.Run run(
      ReflectiveInvocationContext<Method> method, ExtensionContext context) {
    Method test = method.getExecutable();
    Rule rule = test.getAnnotation(Rule.class);
    if (rule == null) {
      throw new IllegalStateException(test + " names no @Rule");
    }
    Optional<ProtocolVersion> version =
        method.getArguments().stream()
            .filter(ProtocolVersion.class::isInstance)
            .map(ProtocolVersion.class::cast)
            .findFirst();
    return new Verdicts.Run(
        rule.value(),
        test.getName(),
        requires(test, context.getRequiredTestClass()).map(Requires::value),
        version);
  }

  /** On the method, or on its contract: the nested class that includes it says nothing itself. */
  public static Optional<Requires> requires(Method test, Class<?> testClass) {
    Requires found = test.getAnnotation(Requires.class);
    for (Class<?> type = testClass; found == null && type != null; type = type.getSuperclass()) {
      found = type.getAnnotation(Requires.class);
    }
    return Optional.ofNullable(found);
  }

  private static Subject subject(ExtensionContext context) {
    ProviderUnderTest kit = kit(context);
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(kit.getClass(), type -> Subject.of(kit), Subject.class);
  }

  private static ProviderContract contract(ExtensionContext context) {
    return context
        .getRequiredTestInstances()
        .findInstance(ProviderContract.class)
        .orElseThrow(() -> new IllegalStateException("a test of the kit outside of a contract"));
  }

  private static ProviderUnderTest kit(ExtensionContext context) {
    List<Object> instances = context.getRequiredTestInstances().getAllInstances();
    return instances.stream()
        .filter(ProviderUnderTest.class::isInstance)
        .map(ProviderUnderTest.class::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no provider to test: extend TlsProviderTck, or let the contract implement"
                        + " ProviderUnderTest"));
  }
}
