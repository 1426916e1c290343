package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.Support;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachCapability;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.contract.Asks.Ask;
import io.tlsport.tck.fixture.Declaring;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.OpenSockets;
import io.tlsport.tck.report.HiddenVersions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What a provider has not is refused: all of it, in time, and with the reason. */
public abstract class RefusalContract extends ProviderContract {
  private static final Set<ProtocolVersion> ENABLED =
      EnumSet.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  @Rule("13.1")
  @Test
  void everyNoHasItsReason() {
    assertAll(
        missing()
            .map(
                capability ->
                    () ->
                        assertFalse(
                            ((Support.No) tls().capabilities().of(capability)).reason().isBlank(),
                            () -> capability + " is a No without a reason")));
  }

  @Rule("13.1")
  @Test
  void everyOnlyHasItsVersionsAndItsReason() {
    assertAll(
        partial()
            .map(
                capability ->
                    () -> {
                      Support.Only only = (Support.Only) tls().capabilities().of(capability);
                      assertFalse(only.reason().isBlank(), () -> capability + ": no reason");
                      assertFalse(only.versions().isEmpty(), () -> capability + ": no version");
                    }));
  }

  @Rule("13.2")
  @Test
  void providerTellsWhoItIs() {
    var info = tls().provider();
    assertTrue(info.name().matches("[a-z][a-z0-9-]*"), info::name);
    assertFalse(info.version().isBlank());
    assertFalse(info.description().isBlank());
    assertEquals(bench().kit().factory().name(), info.name());
    assertFalse(tls().getCiphers().isEmpty());
  }

  @Rule("13.3")
  @Test
  void requireIsRefusedForWhatIsMissing() {
    assertAll(
        missing()
            .map(
                capability ->
                    () ->
                        assertRefused(
                            capability,
                            reason(capability),
                            "require(" + capability + ")",
                            () -> bench().tls(builder -> builder.require(capability)))));
  }

  @Rule("13.3")
  @Test
  void requireIsGrantedForWhatIsThere() {
    assertAll(
        Stream.of(Capability.values())
            .filter(capability -> tls().capabilities().supports(capability))
            .map(
                capability ->
                    () -> {
                      try (Tls granted = bench().kit().newTls().require(capability).build()) {
                        assertTrue(granted.capabilities().supports(capability));
                      }
                    }));
  }

  @Rule("13.4")
  @Test
  void everyOptionThatAsksForWhatIsMissingIsRefused() {
    List<Executable> checks = new ArrayList<>();
    missing()
        .forEach(
            capability ->
                Asks.of(capability)
                    .forEach(ask -> checks.add(() -> assertRefused(capability, ask))));
    assertAll(checks);
  }

  private void assertRefused(Capability capability, Ask ask) {
    assertRefused(capability, reason(capability), ask.option(), () -> ask.call().accept(tls()));
  }

  @Rule("13.5")
  @Test
  void nothingIsAskedOfAProviderThatDoesNotDeclareIt() {
    List<Executable> checks = new ArrayList<>();
    Asks.withAnOption()
        .forEach(capability -> checks.add(() -> assertEveryOptionRefusedWithout(capability)));
    assertAll(checks);
  }

  private void assertEveryOptionRefusedWithout(Capability capability) {
    Declaring silenced = Declaring.without(bench().kit().factory(), capability);
    try (Tls tls = bench().kit().newTls().provider(silenced).build()) {
      // The runtime may hide it for a reason of its own.
      String reason = ((Support.No) tls.capabilities().of(capability)).reason();
      assertAll(
          Asks.of(capability).stream()
              .map(
                  ask ->
                      () ->
                          assertRefused(
                              capability, reason, ask.option(), () -> ask.call().accept(tls))));
    }
  }

  @Rule("13.6")
  @Test
  void fipsIsRefusedWhereItIsMissing() {
    Declaring silenced = Declaring.without(bench().kit().factory(), Capability.FIPS);
    UnsupportedFeatureException refusal =
        assertThrows(
            UnsupportedFeatureException.class,
            () -> bench().tls(builder -> builder.provider(silenced).requireFips()),
            "requireFips() asks for FIPS");
    assertEquals(Capability.FIPS, refusal.capability());
  }

  @Rule("13.6")
  @Requires(Capability.FIPS)
  @Test
  void fipsModeIsApproved() {
    FipsStatus status = bench().tls(Tls.Builder::requireFips).fipsStatus();
    assertTrue(status.approved(), status::toString);
  }

  @Rule("13.7")
  @Test
  void whatWorksForSomeVersionsOnlyIsRefusedForTheOthers() {
    assertAll(
        partial()
            .flatMap(
                capability ->
                    Asks.of(capability).stream()
                        .filter(ask -> !ask.reads())
                        .<Executable>map(
                            ask ->
                                () -> {
                                  UnsupportedFeatureException refusal =
                                      refusal(ask.option(), () -> ask.call().accept(tls()));
                                  assertEquals(capability, refusal.capability());
                                  assertTrue(
                                      refusal.reason().contains("allowPartial"),
                                      "the message names the way out");
                                })));
  }

  @Rule("13.7")
  @Test
  void partialSupportCanBeAllowed() {
    Set<Capability> partial = Set.copyOf(partial().toList());
    Tls allowing = bench().tls(builder -> builder.allowPartial(partial.toArray(new Capability[0])));
    assertAll(
        partial.stream()
            .flatMap(capability -> Asks.of(capability).stream())
            .map(ask -> () -> notRefused(() -> ask.call().accept(allowing))));
  }

  /** What is asked for may be wrong for another reason: these are samples. */
  private static void notRefused(Executable ask) throws Throwable {
    try {
      ask.execute();
    } catch (UnsupportedFeatureException refused) {
      throw refused;
    } catch (ConfigurationException sampleIsNoRealValue) {
      assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, sampleIsNoRealValue.code());
    }
  }

  @Rule("13.8")
  @Test
  void refusedServerBindsNothing() {
    var socketsBefore = OpenSockets.count();
    ServerOptions npn =
        server(Identities.server())
            .npnProtocols("one")
            .context(c -> c.maxVersion(ProtocolVersion.TLS_1_2))
            .build();
    Declaring silenced = Declaring.without(bench().kit().factory(), Capability.NPN);
    Tls tls = bench().keep(bench().kit().newTls().provider(silenced).build());
    assertThrows(
        UnsupportedFeatureException.class, () -> tls.createServer(npn), "NPN is not declared");
    assertEquals(socketsBefore, OpenSockets.count());
  }

  @Rule("13.9")
  @EachCapability
  @Timeout(120)
  void whatIsDeclaredMissingIsMissing(Capability capability) {
    Set<ProtocolVersion> hidden =
        HiddenVersions.of(bench().kit(), tls().capabilities(), capability);
    assertEquals(
        Set.of(), hidden, () -> capability + " works where it is declared missing, with " + hidden);
  }

  @Rule("13.10")
  @Test
  void whatIsDeclaredIsWhatHolds() {
    AtomicReference<Capabilities> declared = new AtomicReference<>();
    TlsProviderFactory factory = bench().kit().factory();
    try (Tls tls = bench().kit().newTls().provider(watched(factory, declared)).build()) {
      assertAll(
          Stream.of(Capability.values())
              .map(
                  capability ->
                      () ->
                          assertEquals(
                              declared.get().of(capability).supported(),
                              tls.capabilities().of(capability).supported(),
                              () -> "the runtime cannot use " + capability)));
    }
  }

  /** That provider, whose own table is kept. */
  private static TlsProviderFactory watched(
      TlsProviderFactory factory, AtomicReference<Capabilities> declared) {
    return new TlsProviderFactory() {
      @Override
      public String name() {
        return factory.name();
      }

      @Override
      public TlsProvider create(ProviderConfig config) {
        TlsProvider provider = factory.create(config);
        declared.set(provider.capabilities());
        return provider;
      }
    };
  }

  private Stream<Capability> missing() {
    return Stream.of(Capability.values())
        .filter(capability -> tls().capabilities().of(capability) instanceof Support.No);
  }

  /** What is not there for each version that is enabled. */
  private Stream<Capability> partial() {
    return Stream.of(Capability.values())
        .filter(
            capability ->
                tls().capabilities().of(capability) instanceof Support.Only only
                    && !only.versions().containsAll(ENABLED));
  }

  private String reason(Capability capability) {
    return ((Support.No) tls().capabilities().of(capability)).reason();
  }

  private void assertRefused(Capability capability, String reason, String option, Executable call) {
    UnsupportedFeatureException refusal = refusal(option, call);
    assertEquals(capability, refusal.capability(), option);
    assertEquals(tls().provider().name(), refusal.provider(), option);
    assertEquals(reason, refusal.reason(), option);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(capability.name()), message);
    assertTrue(message.contains(refusal.provider()), message);
  }

  private static UnsupportedFeatureException refusal(String option, Executable call) {
    return assertThrows(
        UnsupportedFeatureException.class,
        call,
        () -> option + " was accepted, or refused by another exception");
  }
}
