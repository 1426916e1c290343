package io.tlsport.tck.report;

import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.engine.Contracts;
import io.tlsport.tck.engine.Outcome;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Turns what JUnit tells of tests of the kit into results; other tests are none of its business.
 */
abstract class KitListener implements TestExecutionListener {
  private final Map<String, TestResult> published = new ConcurrentHashMap<>();

  /** One more result of that class of the kit. */
  abstract void result(String kit, TestResult result);

  /** A class of the kit tells its provider: once for each test, before the result. */
  abstract void provider(String kit, String name, String version);

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    Map<String, String> values = entry.getKeyValuePairs();
    String verdict = values.get("tlsport.outcome");
    if (verdict == null) {
      return;
    }
    provider(
        kit(test),
        values.getOrDefault("tlsport.provider", ""),
        values.getOrDefault("tlsport.version", ""));
    int blank = verdict.indexOf(' ');
    published.put(
        test.getUniqueId(),
        new TestResult(
            contract(test),
            values.getOrDefault("tlsport.rule", ""),
            values.getOrDefault("tlsport.test", ""),
            values.getOrDefault("tlsport.protocol", ""),
            Outcome.valueOf(blank < 0 ? verdict : verdict.substring(0, blank)),
            blank < 0 ? "" : verdict.substring(blank + 1)));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult ended) {
    TestResult known = published.remove(test.getUniqueId());
    boolean failed = ended.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
    if (failed && isOfKit(test)) {
      String reason = ended.getThrowable().map(KitListener::reason).orElse("it was aborted");
      result(kit(test), known == null ? unknown(test, reason) : failed(known, reason));
    } else if (known != null) {
      result(kit(test), known);
    }
  }

  private static String reason(Throwable thrown) {
    return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
  }

  private static TestResult failed(TestResult known, String reason) {
    return new TestResult(
        known.contract(), known.rule(), known.test(), known.protocol(), Outcome.FAIL, reason);
  }

  /** One that ended before it could say anything, or a contract that failed as a whole. */
  private static TestResult unknown(TestIdentifier test, String reason) {
    Optional<Method> method = method(test);
    return new TestResult(
        contract(test),
        method.map(m -> m.getAnnotation(Rule.class)).map(Rule::value).orElse(""),
        method.map(Method::getName).orElse(""),
        "",
        Outcome.FAIL,
        reason);
  }

  private static Optional<Method> method(TestIdentifier test) {
    TestSource source = test.getSource().orElse(null);
    return source instanceof MethodSource named
        ? Optional.of(named.getJavaMethod())
        : Optional.empty();
  }

  private static boolean isOfKit(TestIdentifier test) {
    return !contract(test).isEmpty()
        && (method(test).isPresent() || isClass(test.getSource().orElse(null)));
  }

  private static boolean isClass(@Nullable TestSource source) {
    return source instanceof ClassSource;
  }

  private static String contract(TestIdentifier test) {
    return test.getTags().stream()
        .map(TestTag::getName)
        .filter(Contracts.tags()::contains)
        .findFirst()
        .orElse("");
  }

  /** The class that extends the kit: the outermost one. */
  private static String kit(TestIdentifier test) {
    return UniqueId.parse(test.getUniqueId()).getSegments().stream()
        .filter(segment -> segment.getType().toLowerCase(Locale.ROOT).equals("class"))
        .findFirst()
        .map(UniqueId.Segment::getValue)
        .orElse("");
  }
}
