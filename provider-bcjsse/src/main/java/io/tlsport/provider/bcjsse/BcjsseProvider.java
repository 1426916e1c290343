package io.tlsport.provider.bcjsse;

import io.tlsport.Capabilities;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import io.tlsport.spi.Availability;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.Fault;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Offer;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** BC-JSSE over whichever Bouncy Castle is on the class path, without being installed. */
final class BcjsseProvider implements TlsProvider {
  private final ProviderConfig config;
  private final Availability availability;
  private final @Nullable BouncyCastle stack;

  BcjsseProvider(ProviderConfig config) {
    this.config = config;
    this.availability = BouncyCastleAvailability.check();
    // Static initialisers of BC read system properties: they must not see another adapter's.
    this.stack =
        availability.available()
            ? config.withSystemProperties(Map.of(), () -> BouncyCastle.load(config.fips()))
            : null;
  }

  private BouncyCastle stack() {
    BouncyCastle loaded = stack;
    if (loaded == null) {
      throw new IllegalStateException(availability.reason());
    }
    return loaded;
  }

  private SSLContext newContext() throws GeneralSecurityException {
    return SSLContext.getInstance("TLS", stack().jsse());
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
    try {
      SSLContext context = newContext();
      context.init(null, new javax.net.ssl.TrustManager[0], stack().random());
      List<String> suites =
          Arrays.stream(context.createSSLEngine().getSupportedCipherSuites())
              .filter(suite -> !suite.endsWith("_SCSV"))
              .toList();
      return new Offer(
          List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3),
          suites,
          BcjsseGroups.names(stack().isFipsModule()),
          List.of());
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("BC-JSSE makes no context", failed);
    }
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
  public EngineContext open(ContextSpec spec) {
    return new BcjsseEngineContext(
        spec, this::newContext, config.random().or(() -> java.util.Optional.of(stack().random())));
  }

  @Override
  public void close() {
    // Nothing outlives its contexts.
  }
}
