package io.tlsport.provider.conscrypt;

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
import io.tlsport.spi.jsse.OpaqueKeyCheck;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/** Conscrypt on this machine, without being installed in the JVM. */
final class ConscryptProvider implements TlsProvider {
  /** Each native engine holds a pipe. */
  private static final int DESCRIPTORS = 2;

  /** Those of its ClientHello, but for SHA-1; they cannot be chosen. */
  private static final List<String> SCHEMES =
      List.of(
          "ecdsa_secp256r1_sha256",
          "rsa_pss_rsae_sha256",
          "rsa_pkcs1_sha256",
          "ecdsa_secp384r1_sha384",
          "rsa_pss_rsae_sha384",
          "rsa_pkcs1_sha384",
          "rsa_pss_rsae_sha512",
          "rsa_pkcs1_sha512");

  private final ProviderConfig config;
  private final JcaServices jca = JcaServices.jdk();
  private final Availability availability = ConscryptAvailability.check();
  private final @Nullable Provider vendor;
  private final Optional<ConscryptInternals> internals;
  private final Optional<ConscryptCallbacks> callbacks;
  private final Optional<ConscryptSecrets> secrets;
  private final ConscryptEngineContext.Shared shared;

  ConscryptProvider(ProviderConfig config) {
    this.config = config;
    this.vendor = availability.available() ? Conscrypt.newProvider() : null;
    this.internals =
        availability.available() && config.internals()
            ? ConscryptInternals.load(sample())
            : Optional.empty();
    this.callbacks =
        availability.available() && config.internals()
            ? ConscryptCallbacks.load(sample())
            : Optional.empty();
    this.secrets =
        availability.available() && config.internals()
            ? ConscryptSecrets.load(sample())
            : Optional.empty();
    this.shared = new ConscryptEngineContext.Shared(internals, callbacks, secrets, jca);
  }

  private SSLContext newContext() throws GeneralSecurityException {
    return SSLContext.getInstance("TLS", vendor);
  }

  /** A context to ask, and nothing else. */
  private SSLContext sample() {
    try {
      SSLContext context = newContext();
      context.init(null, null, null);
      return context;
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("Conscrypt makes no context", failed);
    }
  }

  @Override
  public ProviderInfo info() {
    String version = availability.available() ? ConscryptAvailability.version() : "unknown";
    return new ProviderInfo(
        ConscryptProviderFactory.NAME,
        version,
        "Conscrypt " + version + " (BoringSSL)",
        true,
        DESCRIPTORS,
        Set.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3));
  }

  @Override
  public Availability availability() {
    return availability;
  }

  @Override
  public Capabilities capabilities() {
    return ConscryptCapabilities.table(
        internals.isPresent(), callbacks.isPresent(), secrets.isPresent());
  }

  @Override
  public Offer offer() {
    List<String> suites =
        Arrays.stream(sample().createSSLEngine().getSupportedCipherSuites())
            .filter(suite -> !suite.endsWith("_SCSV"))
            .toList();
    return new Offer(
        List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3),
        suites,
        List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "secp521r1"),
        SCHEMES);
  }

  @Override
  public FipsStatus fips() {
    return FipsStatus.none(
        "Conscrypt's published natives are no FIPS build of BoringSSL: use bcjsse");
  }

  @Override
  public JcaServices jca() {
    return jca;
  }

  @Override
  public Fault explain(Throwable thrown) {
    return ConscryptFaults.explain(thrown);
  }

  @Override
  public Optional<String> refusal(
      Identity identity, List<ProtocolVersion> versions, List<String> groups) {
    return identity.keyAlgorithm().equals("RSASSA-PSS")
        ? Optional.of("BoringSSL takes no RSASSA-PSS keys; certify an RSA key instead")
        : OpaqueKeyCheck.refusal(
            identity,
            OpaqueKeyCheck.cipher("RSA/ECB/NoPadding"),
            OpaqueKeyCheck.signature("NONEwithECDSA"));
  }

  @Override
  public EngineContext open(ContextSpec spec) {
    return new ConscryptEngineContext(spec, this::newContext, config.random(), shared);
  }

  @Override
  public void close() {
    // Natives are freed with their engines and contexts.
  }
}
