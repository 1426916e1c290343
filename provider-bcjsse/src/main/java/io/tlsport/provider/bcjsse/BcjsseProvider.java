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
import io.tlsport.spi.jsse.SessionHandles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.jsse.BCExtendedSSLSession;
import org.jspecify.annotations.Nullable;

/** BC-JSSE over whichever Bouncy Castle is on the class path, without being installed. */
final class BcjsseProvider implements TlsProvider {
  private final Availability availability;
  private final @Nullable BouncyCastle stack;
  private final SessionHandles<BCExtendedSSLSession> clientSessions = new SessionHandles<>();

  BcjsseProvider(ProviderConfig config) {
    this.availability = BouncyCastleAvailability.check();
    // Static initialisers of BC read system properties: they must not see another adapter's.
    this.stack =
        availability.available()
            ? config.withSystemProperties(
                BouncyCastle.systemProperties(),
                () -> BouncyCastle.load(config.fips(), config.random()))
            : null;
  }

  private BouncyCastle stack() {
    BouncyCastle loaded = stack;
    if (loaded == null) {
      throw new IllegalStateException(availability.reason());
    }
    return loaded;
  }

  @Override
  public ProviderInfo info() {
    BouncyCastle loaded = stack;
    return new ProviderInfo(
        BcjsseProviderFactory.NAME,
        loaded == null ? "unknown" : loaded.version(),
        loaded == null ? "Bouncy Castle JSSE" : loaded.description(),
        false,
        0,
        Set.of());
  }

  @Override
  public Availability availability() {
    return availability;
  }

  @Override
  public Capabilities capabilities() {
    return BcjsseCapabilities.table(stack != null && stack.isFipsModule());
  }

  @Override
  public Offer offer() {
    return new Offer(
        List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3),
        BcjsseSuites.usable(stack().jsseSuites()),
        BcjsseGroups.names(stack().isFipsModule()),
        BcjsseSchemes.names(stack().isFipsModule()));
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
    return stack()
        .refusal(identity)
        .or(() -> BcjsseGroups.refusal(identity.certificate().getPublicKey(), versions, groups));
  }

  @Override
  public EngineContext open(ContextSpec spec) {
    return new BcjsseEngineContext(
        spec, stack().keys(), stack()::jsseContext, Optional.of(stack().random()), clientSessions);
  }

  @Override
  public void close() {
    // Nothing outlives its contexts.
  }
}
