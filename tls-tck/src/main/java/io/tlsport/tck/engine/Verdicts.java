package io.tlsport.tck.engine;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import io.tlsport.UnsupportedFeatureException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides the outcome of one run of a test. Pure. */
final class Verdicts {
  private Verdicts() {}

  /**
   * What ran.
   *
   * @param rule the number of its rule
   * @param test the name of the method
   * @param capability what it needs, if anything
   * @param version the only protocol version, if the test is for one
   */
  record Run(
      String rule,
      String test,
      Optional<Capability> capability,
      Optional<ProtocolVersion> version) {
    List<ProtocolVersion> versions() {
      return version
          .map(List::of)
          .orElse(List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3));
    }
  }

  /**
   * A decided run.
   *
   * @param outcome what it is
   * @param why one sentence for the report
   */
  record Verdict(Outcome outcome, String why) {}

  static Verdict decide(Subject subject, Run run, @Nullable Throwable thrown, long bytesSent) {
    Optional<Defect> defect =
        subject.defects().find(run.rule(), run.test(), subject.info().version(), run.versions());
    if (declared(subject, run)) {
      return declaredVerdict(run, thrown, defect);
    }
    return undeclaredVerdict(subject, run, thrown, bytesSent);
  }

  private static boolean declared(Subject subject, Run run) {
    if (run.capability().isEmpty()) {
      return true;
    }
    Support support = subject.capabilities().of(run.capability().get());
    return run.versions().stream().allMatch(support::covers);
  }

  private static Verdict declaredVerdict(
      Run run, @Nullable Throwable thrown, Optional<Defect> defect) {
    if (defect.isPresent()) {
      return thrown == null
          ? new Verdict(
              Outcome.FAIL,
              "this test passes, but the ledger of known defects lists it (\""
                  + defect.get().sentence()
                  + "\"): remove the entry")
          : new Verdict(Outcome.DEFECT, defect.get().sentence() + " (" + defect.get().link() + ")");
    }
    if (thrown == null) {
      return new Verdict(Outcome.PASS, "");
    }
    return new Verdict(
        Outcome.FAIL,
        run.capability()
            .map(
                wanted ->
                    "the provider declares "
                        + wanted
                        + " and does not do it: do it, or declare it as a No with the reason")
            .orElse("the rule is broken"));
  }

  private static Verdict undeclaredVerdict(
      Subject subject, Run run, @Nullable Throwable thrown, long bytesSent) {
    Capability wanted = run.capability().orElseThrow();
    if (thrown == null) {
      return new Verdict(
          Outcome.FAIL,
          wanted
              + " was accepted without being declared: declare it, or the option that asks for it"
              + " must be refused");
    }
    if (!(thrown instanceof UnsupportedFeatureException refusal)) {
      return new Verdict(
          Outcome.FAIL,
          wanted
              + " is not declared, so asking for it must end in an UnsupportedFeatureException that"
              + " names it, thrown by the call that asks; something else came");
    }
    if (refusal.capability() != wanted) {
      return new Verdict(
          Outcome.FAIL,
          wanted + " is not declared, but " + refusal.capability() + " was refused in its place");
    }
    if (!refusal.provider().equals(subject.info().name())) {
      return new Verdict(
          Outcome.FAIL,
          "the refusal of "
              + wanted
              + " names the provider "
              + refusal.provider()
              + " instead of "
              + subject.info().name());
    }
    if (refusal.reason().isBlank()) {
      return new Verdict(Outcome.FAIL, "the refusal of " + wanted + " gives no reason");
    }
    if (bytesSent > 0) {
      return new Verdict(
          Outcome.FAIL,
          wanted
              + " was refused only after "
              + bytesSent
              + " bytes had been sent: refuse it before");
    }
    return new Verdict(Outcome.REFUSED, refusal.reason());
  }
}
