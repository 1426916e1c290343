package io.tlsport.provider.jdk;

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
import io.tlsport.spi.jsse.PeerChecks;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** SunJSSE on this JVM. */
final class JdkProvider implements TlsProvider {
  static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  private static final String SUN_JSSE = "SunJSSE";

  private final JcaServices jca = JcaServices.jdk();
  private final JdkInternals internals;
  private final JdkAccelerator accelerator;
  private final JdkEngineContext.Shared shared;

  JdkProvider(ProviderConfig config) {
    this(
        config,
        config
            .accelerator()
            .filter(Accelerator.names()::contains)
            .map(name -> JdkAccelerator.install(() -> Accelerator.load(name)))
            .orElseGet(JdkAccelerator::none));
  }

  /** The same, with that accelerator. */
  JdkProvider(ProviderConfig config, JdkAccelerator accelerator) {
    this.accelerator = accelerator;
    PeerChecks checks = new PeerChecks(engine -> engine);
    this.internals = JdkInternals.load(config);
    this.shared =
        new JdkEngineContext.Shared(
            new JdkContexts(config, internals.ticketKeys(), checks, accelerator),
            new JdkClientSessions(jca.random(), internals.sessions()),
            checks,
            jca,
            internals.sessions());
  }

  /** The JDK's, even where another provider stands before it. */
  static SSLContext newContext() throws GeneralSecurityException {
    return SSLContext.getInstance("TLS", SUN_JSSE);
  }

  @Override
  public ProviderInfo info() {
    String version = Runtime.version().toString();
    return new ProviderInfo(
        JdkProviderFactory.NAME,
        version,
        "SunJSSE of Java " + version + " (" + System.getProperty("java.vendor") + ")",
        false,
        0,
        Set.copyOf(VERSIONS));
  }

  @Override
  public Availability availability() {
    Availability engine = JdkAvailability.check();
    return engine.available() ? accelerator.availability() : engine;
  }

  @Override
  public Capabilities capabilities() {
    return JdkCapabilities.table(internals);
  }

  @Override
  public Offer offer() {
    try {
      SSLContext context = newContext();
      context.init(null, null, null);
      return new Offer(
          VERSIONS,
          Arrays.stream(context.createSSLEngine().getSupportedCipherSuites())
              .filter(JdkProvider::isUsable)
              .toList(),
          JdkGroups.names(),
          JdkSchemes.NAMES);
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("SunJSSE makes no context", failed);
    }
  }

  /** Nothing here loads DSA keys, or certificates for ECDH without E; the rest is no suite. */
  private static boolean isUsable(String suite) {
    return !suite.endsWith("_SCSV") && !suite.contains("_DSS_") && !suite.startsWith("TLS_ECDH_");
  }

  /** Its property sets a size for the whole process; SunJSSE's own is 2048 bits. */
  @Override
  public Optional<String> dheGroupForOldClients() {
    String size = System.getProperty("jdk.tls.ephemeralDHKeySize", "2048");
    return Optional.of("ffdhe" + size);
  }

  @Override
  public FipsStatus fips() {
    return FipsStatus.none(SUN_JSSE + " makes no FIPS claim: use bcjsse");
  }

  @Override
  public Set<String> accelerators() {
    return Accelerator.names();
  }

  @Override
  public JcaServices jca() {
    return jca;
  }

  @Override
  public Fault explain(Throwable thrown) {
    return JdkFaults.explain(thrown);
  }

  @Override
  public Optional<String> refusal(
      Identity identity, List<ProtocolVersion> versions, List<String> groups) {
    return OpaqueKeyCheck.refusal(
        identity,
        key -> {
          if (!(key instanceof RSAKey) && !isOfTheJdk(key)) {
            throw new InvalidKeyException(
                "SunJSSE asks RSA keys for their size by java.security.interfaces.RSAKey");
          }
          OpaqueKeyCheck.signature("RSASSA-PSS").begin(key);
        },
        OpaqueKeyCheck.signature("SHA256withECDSA"));
  }

  @Override
  public Optional<String> stapleRefusal(Identity identity, Optional<X509Certificate> issuer) {
    return JdkStaples.refusal(identity, issuer);
  }

  /** Keys of its own PKCS#11 provider tell their size in another way. */
  private static boolean isOfTheJdk(PrivateKey key) {
    String module = key.getClass().getModule().getName();
    return module != null && module.startsWith("jdk.");
  }

  @Override
  public EngineContext open(ContextSpec spec) {
    return new JdkEngineContext(spec, shared);
  }

  @Override
  public void close() {
    // Nothing else outlives its contexts.
    accelerator.close();
  }
}
