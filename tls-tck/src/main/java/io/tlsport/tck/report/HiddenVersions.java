package io.tlsport.tck.report;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import io.tlsport.Tls;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.ChoppedTransport;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.engine.Outcome;
import io.tlsport.tck.fixture.Declaring;
import io.tlsport.tck.fixture.Patience;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what a provider can do and says that it cannot: its tests are run as if it had declared it,
 * and at least one has to fail.
 */
public final class HiddenVersions {
  private static final Set<ProtocolVersion> TRIED =
      EnumSet.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  private static final Set<Capability> OF_SESSIONS =
      EnumSet.of(
          Capability.SESSION_EXPORT,
          Capability.SESSION_TICKET,
          Capability.TICKET_KEYS,
          Capability.SESSION_STORE,
          Capability.SESSION_TIMEOUT,
          Capability.SESSION_ID_CONTEXT);

  private HiddenVersions() {}

  /**
   * The versions for which a capability is declared missing although every test of it passes.
   *
   * @param kit the provider
   * @param table what holds of what it declares
   * @param capability what is looked at
   */
  public static Set<ProtocolVersion> of(
      ProviderUnderTest kit, Capabilities table, Capability capability) {
    Set<ProtocolVersion> missing = EnumSet.copyOf(TRIED);
    missing.removeIf(table.of(capability)::covers);
    if (OF_SESSIONS.contains(capability)) {
      // Where no session is resumed nothing of them can be seen to work.
      missing.removeIf(version -> !table.of(Capability.SESSION_RESUMPTION).covers(version));
    }
    List<KitTrial.Candidate> tests = tests(capability);
    // A trial delivers whole records, so that it was made by the kit that does so too.
    if (missing.isEmpty() || tests.isEmpty() || kit instanceof ChoppedTransport) {
      return Set.of();
    }
    KitTrial trial = new KitTrial(new Boasting(kit, capability));
    for (KitTrial.Candidate test : tests) {
      for (TestResult result : Patience.hurried(() -> trial.run(test))) {
        if (result.outcome() == Outcome.FAIL) {
          missing.removeIf(
              version -> result.protocol().isEmpty() || result.protocol().equals(version.id()));
        }
      }
      if (missing.isEmpty()) {
        break;
      }
    }
    return missing;
  }

  /** Those that tell versions apart, if there are any. */
  private static List<KitTrial.Candidate> tests(Capability capability) {
    List<KitTrial.Candidate> all = KitTrial.requiring(capability);
    List<KitTrial.Candidate> versioned =
        all.stream().filter(KitTrial.Candidate::versioned).toList();
    return versioned.isEmpty() ? all : versioned;
  }

  /** The provider as if it had the capability. */
  private record Boasting(ProviderUnderTest kit, Capability capability)
      implements ProviderUnderTest {
    @Override
    public TlsProviderFactory factory() {
      return new Declaring(kit.factory(), capability, Support.yes());
    }

    @Override
    public String knownDefects() {
      return kit.knownDefects();
    }

    @Override
    public Tls.Builder newTls() {
      return kit.newTls().provider(factory());
    }
  }
}
