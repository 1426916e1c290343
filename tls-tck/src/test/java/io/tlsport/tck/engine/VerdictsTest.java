package io.tlsport.tck.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import io.tlsport.Support;
import io.tlsport.UnsupportedFeatureException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final String DEFECTS =
      """
      [[defect]]
      rule = "4.10"
      test = "broken"
      versions = ["1."]
      protocols = ["TLSv1.3"]
      link = "https://example.org/1"
      sentence = "it breaks"
      """;

  private static Throwable anything() {
    return new AssertionError("made by the test");
  }

  @Test
  void passesWhatIsDeclaredAndDone() {
    assertOutcome(Outcome.PASS, decide(Capability.ALPN, null, 0));
  }

  @Test
  void passesATestThatNeedsNothing() {
    assertOutcome(
        Outcome.PASS,
        Verdicts.decide(
            subject("1.0"), run(Optional.empty(), "sound", ProtocolVersion.TLS_1_3), null, 9));
  }

  @Test
  void failsWhatIsDeclaredAndNotDone() {
    assertFail("declares ALPN and does not do it", decide(Capability.ALPN, anything(), 0));
  }

  @Test
  void failsARefusalOfWhatIsDeclared() {
    assertFail(
        "declares ALPN and does not do it",
        decide(Capability.ALPN, new UnsupportedFeatureException(Capability.ALPN, "toy", "no"), 0));
  }

  @Test
  void failsWhatIsAcceptedWithoutADeclaration() {
    assertFail("accepted without being declared", decide(Capability.NPN, null, 0));
  }

  @Test
  void acceptsARefusalOfWhatIsNotDeclared() {
    assertOutcome(
        Outcome.REFUSED,
        decide(Capability.NPN, new UnsupportedFeatureException(Capability.NPN, "toy", "no"), 0));
  }

  @Test
  void failsARefusalThatComesTooLate() {
    assertFail(
        "only after 5 bytes",
        decide(Capability.NPN, new UnsupportedFeatureException(Capability.NPN, "toy", "no"), 5));
  }

  @Test
  void failsARefusalOfSomethingElse() {
    assertFail(
        "PSK was refused in its place",
        decide(Capability.NPN, new UnsupportedFeatureException(Capability.PSK, "toy", "no"), 0));
  }

  @Test
  void failsARefusalInTheNameOfAnotherProvider() {
    assertFail(
        "names the provider other instead of toy",
        decide(Capability.NPN, new UnsupportedFeatureException(Capability.NPN, "other", "no"), 0));
  }

  @Test
  void failsARefusalWithoutAReason() {
    assertFail(
        "gives no reason",
        decide(Capability.NPN, new UnsupportedFeatureException(Capability.NPN, "toy", " "), 0));
  }

  @Test
  void failsAnythingElseForWhatIsNotDeclared() {
    assertFail("something else came", decide(Capability.NPN, anything(), 0));
  }

  @Test
  void takesPartialSupportByVersion() {
    UnsupportedFeatureException refusal =
        new UnsupportedFeatureException(Capability.HALF_CLOSE, "toy", "no");
    Optional<Capability> halfClose = Optional.of(Capability.HALF_CLOSE);
    assertOutcome(
        Outcome.PASS,
        Verdicts.decide(subject("1.0"), run(halfClose, "sound", ProtocolVersion.TLS_1_3), null, 9));
    assertOutcome(
        Outcome.REFUSED,
        Verdicts.decide(
            subject("1.0"), run(halfClose, "sound", ProtocolVersion.TLS_1_2), refusal, 0));
    assertOutcome(
        Outcome.FAIL,
        Verdicts.decide(subject("1.0"), run(halfClose, "sound", ProtocolVersion.TLS_1_2), null, 0));
  }

  @Test
  void knowsADefectThatFails() {
    assertOutcome(Outcome.DEFECT, defective("1.0", "broken", ProtocolVersion.TLS_1_3, anything()));
  }

  @Test
  void failsADefectThatPasses() {
    assertFail("remove the entry", defective("1.0", "broken", ProtocolVersion.TLS_1_3, null));
  }

  @Test
  void limitsADefectToWhatItsEntryNames() {
    assertOutcome(Outcome.FAIL, defective("2.0", "broken", ProtocolVersion.TLS_1_3, anything()));
    assertOutcome(Outcome.FAIL, defective("1.0", "sound", ProtocolVersion.TLS_1_3, anything()));
    assertOutcome(Outcome.FAIL, defective("1.0", "broken", ProtocolVersion.TLS_1_2, anything()));
  }

  private static Verdicts.Verdict defective(
      String version, String test, ProtocolVersion protocol, @Nullable Throwable thrown) {
    return Verdicts.decide(subject(version), run(Optional.empty(), test, protocol), thrown, 0);
  }

  private static Verdicts.Verdict decide(
      Capability capability, @Nullable Throwable thrown, long sent) {
    return Verdicts.decide(
        subject("1.0"),
        run(Optional.of(capability), "sound", ProtocolVersion.TLS_1_3),
        thrown,
        sent);
  }

  private static Verdicts.Run run(
      Optional<Capability> capability, String test, ProtocolVersion version) {
    return new Verdicts.Run("4.10", test, capability, Optional.of(version));
  }

  private static Subject subject(String version) {
    return new Subject(
        new ProviderInfo("toy", version, "a toy", false, 0, Set.of()),
        Capabilities.builder()
            .yes(Capability.ALPN)
            .put(
                Capability.HALF_CLOSE,
                Support.only(Set.of(ProtocolVersion.TLS_1_3), "not in TLS 1.2"))
            .build(),
        KnownDefects.parse(DEFECTS));
  }

  private static void assertOutcome(Outcome outcome, Verdicts.Verdict verdict) {
    assertEquals(outcome, verdict.outcome(), verdict::why);
  }

  private static void assertFail(String part, Verdicts.Verdict verdict) {
    assertOutcome(Outcome.FAIL, verdict);
    assertTrue(verdict.why().contains(part), verdict::why);
  }
}
