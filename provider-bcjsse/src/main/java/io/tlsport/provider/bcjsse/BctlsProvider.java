package io.tlsport.provider.bcjsse;

import io.tlsport.Capabilities;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import io.tlsport.spi.Availability;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.Fault;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Offer;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle's low-level TLS, without its JSSE provider, over whichever stack is there. */
final class BctlsProvider implements TlsProvider {
  private final Availability availability;
  private final @Nullable BouncyCastle stack;
  private final @Nullable JcaTlsCrypto crypto;
  private final List<String> groups;
  private final List<String> schemes;

  BctlsProvider(ProviderConfig config) {
    this.availability = BouncyCastleAvailability.checkLowLevel();
    // Static initialisers of BC read system properties: they must not see another adapter's.
    this.stack =
        availability.available()
            ? config.withSystemProperties(
                BouncyCastle.systemProperties(),
                () -> BouncyCastle.load(config.fips(), config.random()))
            : null;
    this.crypto = stack == null ? null : stack.tlsCrypto();
    this.groups = crypto == null ? List.of() : BctlsGroups.names(crypto, fipsModule());
    this.schemes = crypto == null ? List.of() : BctlsSchemes.names(crypto, fipsModule());
  }

  private BouncyCastle stack() {
    BouncyCastle loaded = stack;
    if (loaded == null) {
      throw new IllegalStateException(availability.reason());
    }
    return loaded;
  }

  private JcaTlsCrypto crypto() {
    JcaTlsCrypto made = crypto;
    if (made == null) {
      throw new IllegalStateException(availability.reason());
    }
    return made;
  }

  private boolean fipsModule() {
    return stack != null && stack.isFipsModule();
  }

  @Override
  public ProviderInfo info() {
    BouncyCastle loaded = stack;
    return new ProviderInfo(
        BctlsProviderFactory.NAME,
        loaded == null ? "unknown" : loaded.version(),
        loaded == null ? "Bouncy Castle TLS" : loaded.lowLevelDescription(),
        false,
        0,
        Set.of(ProtocolVersion.values()));
  }

  @Override
  public Availability availability() {
    return availability;
  }

  @Override
  public Capabilities capabilities() {
    return BctlsCapabilities.table(fipsModule());
  }

  /**
   * The low-level API has no lists of what is fit for use: those of BC-JSSE serve, FIPS' too. For
   * pre-shared keys, which BC-JSSE has not, it is all that the module's cryptography can run.
   */
  @Override
  public Offer offer() {
    return new Offer(
        fipsModule()
            ? List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3)
            : List.of(ProtocolVersion.values()),
        Stream.concat(
                BctlsSuites.supported(crypto(), stack().jsseSuites()).stream(),
                BctlsSuites.preShared(crypto()).stream())
            .toList(),
        groups,
        schemes);
  }

  @Override
  public FipsStatus fips() {
    return stack().fipsStatus();
  }

  @Override
  public JcaServices jca() {
    return stack().jca();
  }

  @Override
  public Fault explain(Throwable thrown) {
    return BouncyCastleFaults.explain(thrown);
  }

  @Override
  public Optional<String> refusal(
      Identity identity, List<ProtocolVersion> versions, List<String> groups) {
    return stack().refusal(identity);
  }

  @Override
  public EngineContext open(ContextSpec spec) {
    return new BctlsEngineContext(
        spec,
        new BctlsContext(crypto(), stack().keys(), stack().isFipsMode(), groups, schemes),
        new BctlsServerSessions(spec, crypto(), jca(), jca().random()));
  }

  @Override
  public void close() {
    // Nothing outlives its contexts.
  }
}
