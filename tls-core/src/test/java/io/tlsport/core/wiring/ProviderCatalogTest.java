package io.tlsport.core.wiring;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ErrorCode;
import io.tlsport.core.fixtures.FakeProvider;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProviderCatalogTest {
  private static final ProviderConfig CONFIG = new DefaultProviderConfig(false, false);

  private final List<String> skipped = new ArrayList<>();

  private String choose(@Nullable String name, FakeProvider... providers) {
    return ProviderCatalog.of(Arrays.asList(providers))
        .choose(name, CONFIG, provider -> {}, skipped::add)
        .info()
        .name();
  }

  private static FakeProvider[] named(String... names) {
    return Arrays.stream(names).map(FakeProvider::named).toArray(FakeProvider[]::new);
  }

  @Test
  void putsTheKnownInTheirOrderAndTheOthersBehindByName() {
    ProviderCatalog catalog =
        ProviderCatalog.of(
            Arrays.asList(named("zeta", "bctls", "acme", "bcjsse", "jdk", "conscrypt")));
    assertEquals(List.of("jdk", "conscrypt", "bcjsse", "bctls", "acme", "zeta"), catalog.names());
  }

  @Test
  void takesTheOneThatIsNamed() {
    assertEquals("acme", choose("acme", named("jdk", "acme")));
    assertEquals(List.of(), skipped);
  }

  @Test
  void takesTheOnlyOneWhereNoneIsNamed() {
    assertEquals("acme", choose(null, named("acme")));
  }

  @Test
  void refusesToGuessAmongSeveralAndListsThem() {
    assertRefused(
        ErrorCode.ERR_PROVIDER_AMBIGUOUS,
        () -> choose(null, named("conscrypt", "jdk")),
        "[jdk, conscrypt]",
        "auto");
  }

  @Test
  void refusesAnAcceleratorThatTheProviderDoesNotTake() {
    FakeProvider fake = FakeProvider.named("acme");
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () ->
            ProviderCatalog.of(List.of(fake))
                .choose(
                    "acme",
                    new DefaultProviderConfig(false, false, Optional.of("turbo")),
                    provider -> {},
                    skipped::add),
        "turbo",
        "acme takes no accelerator");
    assertEquals(List.of("create", "close"), fake.events());
  }

  @Test
  void refusesAnUnknownNameAndListsTheKnown() {
    assertRefused(
        ErrorCode.ERR_PROVIDER_UNKNOWN,
        () -> choose("acme", named("conscrypt", "jdk")),
        "\"acme\"",
        "[jdk, conscrypt]");
  }

  @Test
  void saysWhatToAddWhereThereIsNone() {
    assertRefused(ErrorCode.ERR_PROVIDER_UNKNOWN, () -> choose(null), "tlsport-provider-jdk");
    assertRefused(ErrorCode.ERR_PROVIDER_UNAVAILABLE, () -> choose("auto"), "[]");
  }

  @Test
  void saysWhyAProviderCannotRunAndClosesIt() {
    FakeProvider broken = FakeProvider.unavailable("conscrypt", "no native library");
    assertRefused(
        ErrorCode.ERR_PROVIDER_UNAVAILABLE,
        () -> choose("conscrypt", broken, FakeProvider.named("jdk")),
        "conscrypt",
        "no native library");
    assertEquals(List.of("create", "close"), broken.events());
  }

  @Test
  void adapterWhoseEngineIsMissingCannotRunAndStopsNoOther() {
    TlsProviderFactory alone =
        new TlsProviderFactory() {
          @Override
          public String name() {
            return "conscrypt";
          }

          @Override
          public TlsProvider create(ProviderConfig config) {
            throw new NoClassDefFoundError("org/acme/Engine");
          }
        };
    ProviderCatalog catalog = ProviderCatalog.of(List.of(alone, FakeProvider.named("acme")));
    assertRefused(
        ErrorCode.ERR_PROVIDER_UNAVAILABLE,
        () -> catalog.choose("conscrypt", CONFIG, provider -> {}, skipped::add),
        "org/acme/Engine",
        "class path");
    assertEquals(
        "acme", catalog.choose("auto", CONFIG, provider -> {}, skipped::add).info().name());
    assertEquals(1, skipped.size());
  }

  @Test
  void takesTheFirstThatCanRunAndTellsWhoWasPassedOver() {
    FakeProvider broken = FakeProvider.unavailable("jdk", "not today");
    FakeProvider chosen = FakeProvider.named("conscrypt");
    FakeProvider rest = FakeProvider.named("acme");
    assertEquals("conscrypt", choose("auto", rest, chosen, broken));
    assertEquals(List.of("jdk cannot run here: not today"), skipped);
    assertEquals(List.of("create", "close"), broken.events());
    assertEquals(List.of("create"), chosen.events());
    assertEquals(List.of(), rest.events());
  }

  @Test
  void refusesWhereNobodyCanRun() {
    assertRefused(
        ErrorCode.ERR_PROVIDER_UNAVAILABLE,
        () ->
            choose(
                "auto",
                FakeProvider.unavailable("jdk", "one"),
                FakeProvider.unavailable("acme", "two")),
        "[jdk, acme]");
    assertEquals(List.of("jdk cannot run here: one", "acme cannot run here: two"), skipped);
  }

  @Test
  void findsNoProviderBesideTheCoreAlone() {
    assertEquals(List.of(), ProviderCatalog.ofServices().names());
  }
}
