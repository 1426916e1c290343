package io.tlsport.tck.engine;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A failed test, told with the rule that it is about. */
public final class BrokenRule extends AssertionError {
  @Serial private static final long serialVersionUID = 1L;

  BrokenRule(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The sentence that a provider author reads first. */
  static BrokenRule of(
      Subject subject,
      Verdicts.Run run,
      Verdicts.Verdict verdict,
      Specification specification,
      @Nullable Throwable thrown) {
    StringBuilder text = new StringBuilder();
    text.append("TLS-").append(run.rule()).append(" fails on ").append(subject.info().name());
    text.append(' ').append(subject.info().version());
    run.version().ifPresent(version -> text.append(" with ").append(version));
    text.append(": ").append(verdict.why());
    specification
        .rule(run.rule())
        .ifPresent(
            rule -> {
              line(text, "rule", rule.text());
              line(text, "intent", rule.intent());
              line(text, "usual causes", rule.causes());
            });
    run.capability()
        .ifPresent(
            wanted -> line(text, "declared", wanted + ": " + subject.capabilities().of(wanted)));
    if (thrown != null) {
      line(text, "what happened", String.valueOf(thrown));
    }
    return new BrokenRule(text.toString(), thrown);
  }

  private static void line(StringBuilder text, String title, String value) {
    if (!value.isEmpty()) {
      text.append("\n  ").append(title).append(": ").append(value);
    }
  }
}
