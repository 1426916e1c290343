package io.tlsport.tck.report;

import io.tlsport.tck.engine.Outcome;
import io.tlsport.tck.engine.Specification;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells each result at once, with what its rule is for where it is broken. */
final class KitLines extends KitListener {
  private static final Specification SPECIFICATION = Specification.ofKit();

  private final String provider;
  private final Lines lines;
  private final AtomicInteger tests = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /** Where lines go. */
  interface Lines {
    /** One line: its event, then names and values in turn. */
    void line(String event, Object... members);
  }

  KitLines(String provider, Lines lines) {
    this.provider = provider;
    this.lines = lines;
  }

  /** How many tests ended. */
  int count() {
    return tests.get();
  }

  /** How many of them failed. */
  int failures() {
    return failed.get();
  }

  @Override
  void provider(String kit, String name, String version) {}

  @Override
  void result(String kit, TestResult result) {
    tests.incrementAndGet();
    if (result.outcome() == Outcome.FAIL) {
      failed.incrementAndGet();
    }
    lines.line(
        "result",
        "provider",
        provider,
        "contract",
        result.contract(),
        "rule",
        result.rule(),
        "text",
        SPECIFICATION.rule(result.rule()).map(Specification.Entry::text).orElse(""),
        "test",
        result.test(),
        "protocol",
        result.protocol(),
        "outcome",
        result.word(),
        "reason",
        result.reason());
  }
}
