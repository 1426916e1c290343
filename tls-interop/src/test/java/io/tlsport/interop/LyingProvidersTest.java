package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import io.tlsport.Tls;
import io.tlsport.provider.bcjsse.BcjsseProviderFactory;
import io.tlsport.provider.bcjsse.BctlsProviderFactory;
import io.tlsport.provider.conscrypt.ConscryptProviderFactory;
import io.tlsport.provider.jdk.JdkProviderFactory;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.engine.Outcome;
import io.tlsport.tck.fixture.Declaring;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.report.KitTrial;
import io.tlsport.tck.report.TestResult;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real provider that lies about any one capability is caught by a rule of the kit. One that
 * claims what it cannot do breaks a rule of that capability; one that hides what it can do breaks
 * 13.9.
 *
 * <p>By day every provider claims all that it has not, and hides all that it has, except for what
 * has many tests: who hides something passes all of them. Of that one provider hides what nobody
 * can claim. At night every provider hides everything.
 */
@Timeout(300)
class LyingProvidersTest {
  private static final boolean NIGHTLY = Boolean.getBoolean("tlsport.tck.nightly");
  private static final int FEW = 5;
  private static final String HIDDEN = "13.9";
  private static final String UNUSABLE = "13.10";
  private static final Set<ProtocolVersion> VERSIONS =
      Set.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  private static final List<TlsProviderFactory> FACTORIES =
      List.of(
          new ConscryptProviderFactory(),
          new JdkProviderFactory(),
          new BctlsProviderFactory(),
          new BcjsseProviderFactory());

  /** More than any step of a test that passes takes, on a slow machine too. */
  private static final Duration A_STEP = Duration.ofSeconds(6);

  /** Which rule catches whom. */
  private static final Properties RULES = rules();

  private static Properties rules() {
    Properties rules = new Properties();
    try (InputStream in = LyingProvidersTest.class.getResourceAsStream("lies.properties")) {
      if (in == null) {
        throw new IllegalStateException("lies.properties is not there");
      }
      rules.load(in);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
    return rules;
  }

  /** A provider that declares something else of one capability. */
  private record Liar(TlsProviderFactory factory) implements ProviderUnderTest {
    static Liar of(TlsProviderFactory honest, Capability capability, Support said) {
      return new Liar(new Declaring(honest, capability, said));
    }

    @Override
    public Tls.Builder newTls() {
      return Tls.builder().provider(factory);
    }
  }

  /** What a provider lies about. */
  private record Subject(TlsProviderFactory factory, Capability capability, Support declared) {
    boolean claimable() {
      return !VERSIONS.stream().allMatch(declared::covers);
    }

    boolean hideable() {
      return VERSIONS.stream().anyMatch(declared::covers);
    }

    Arguments arguments() {
      return Arguments.of(factory.name(), capability, factory);
    }
  }

  private static Stream<Subject> subjects() {
    return FACTORIES.stream()
        .flatMap(
            factory -> {
              try (Tls tls = Tls.builder().provider(factory).build()) {
                return Stream.of(Capability.values())
                    .map(c -> new Subject(factory, c, tls.capabilities().of(c)))
                    .toList()
                    .stream();
              }
            });
  }

  static Stream<Arguments> boasters() {
    return subjects().filter(Subject::claimable).map(Subject::arguments);
  }

  static Stream<Arguments> hiders() {
    Set<Capability> lied = EnumSet.noneOf(Capability.class);
    subjects().filter(Subject::claimable).map(Subject::capability).forEach(lied::add);
    return subjects()
        .filter(Subject::hideable)
        .filter(
            subject ->
                NIGHTLY
                    || KitTrial.requiring(subject.capability()).size() <= FEW
                    || lied.add(subject.capability()))
        .map(Subject::arguments);
  }

  @ParameterizedTest(name = "{0} claims {1}")
  @MethodSource("boasters")
  void whoClaimsWhatItCannotIsCaught(
      String provider, Capability capability, TlsProviderFactory factory) {
    Liar liar = Liar.of(factory, capability, Support.yes());
    String known = RULES.getProperty(provider + "." + capability);
    List<KitTrial.Candidate> tests =
        Stream.concat(KitTrial.requiring(capability).stream(), KitTrial.ofRule(UNUSABLE).stream())
            .filter(test -> known == null || test.rule().equals(known))
            .toList();
    Optional<String> rule = caught(liar, tests);
    assertTrue(rule.isPresent(), () -> capability + " is not caught by " + known);
    assertEquals(rule.get(), known, () -> provider + "." + capability + "=" + rule.get());
  }

  /** The rule of the first test that fails. */
  private static Optional<String> caught(ProviderUnderTest liar, List<KitTrial.Candidate> tests) {
    KitTrial trial = new KitTrial(liar);
    return tests.stream()
        .filter(test -> Patience.hurried(() -> failed(trial.run(test))))
        .map(KitTrial.Candidate::rule)
        .findFirst();
  }

  private static boolean failed(List<TestResult> results) {
    return results.stream().anyMatch(result -> result.outcome() == Outcome.FAIL);
  }

  @ParameterizedTest(name = "{0} hides {1}")
  @MethodSource("hiders")
  void whoHidesWhatItCanIsCaught(
      String provider, Capability capability, TlsProviderFactory factory) {
    KitTrial.Candidate rule = KitTrial.ofRule(HIDDEN).get(0);
    Liar hider = Liar.of(factory, capability, Support.no("so it says"));
    assertEquals(
        List.of(Outcome.FAIL),
        Patience.within(A_STEP, () -> new KitTrial(hider).run(rule, capability)).stream()
            .map(TestResult::outcome)
            .toList());
    Liar honest = new Liar(factory);
    assertEquals(
        List.of(Outcome.PASS),
        new KitTrial(honest).run(rule, capability).stream().map(TestResult::outcome).toList());
  }
}
