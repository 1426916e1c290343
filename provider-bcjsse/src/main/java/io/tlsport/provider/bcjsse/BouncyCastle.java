package io.tlsport.provider.bcjsse;

import io.tlsport.FipsStatus;
import io.tlsport.FipsStatus.Part;
import io.tlsport.Support;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.jsse.OpaqueKeyCheck;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * One Bouncy Castle stack. The two stacks have different classes for the same things, so that those
 * which only one of them has are reached by name.
 */
final class BouncyCastle {
  static final String PLAIN = "org.bouncycastle.jce.provider.BouncyCastleProvider";
  static final String FIPS = "org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider";

  private static final String SETTINGS = "org.bouncycastle.jsse.provider.JsseUtils";
  private static final String REGISTRAR = "org.bouncycastle.crypto.CryptoServicesRegistrar";
  private static final String STATUS = "org.bouncycastle.crypto.fips.FipsStatus";

  private static final Pattern RELEASE = Pattern.compile("v(\\d+(?:\\.\\d+)+)");

  private static final int SMALLEST_APPROVED_RSA = 2048;

  private final Provider crypto;
  private final BouncyCastleJsseProvider jsse;
  private final boolean fipsModule;
  private final SecureRandom random;
  private final JcaServices jca;

  private BouncyCastle(
      Provider crypto, boolean fipsModule, boolean fipsMode, Optional<SecureRandom> chosen)
      throws GeneralSecurityException {
    this.crypto = crypto;
    this.fipsModule = fipsModule;
    this.jsse =
        fipsModule
            ? new BouncyCastleJsseProvider(fipsMode, crypto)
            : new BouncyCastleJsseProvider(fipsMode, new JdkAcceleratedCrypto(crypto));
    SecureRandom own =
        fipsModule ? SecureRandom.getInstance("DEFAULT", crypto) : new SecureRandom();
    this.random = chosen.orElse(own);
    this.jca =
        fipsModule ? JcaServices.ofModule(crypto, random) : JcaServices.jdkAnd(crypto, random);
  }

  /**
   * Loads the stack that is there.
   *
   * @param required its engine is to offer approved suites only
   * @param random to use; empty: the stack's own
   */
  static BouncyCastle load(boolean required, Optional<SecureRandom> random) {
    boolean fipsModule = isThere(FIPS);
    try {
      // It reads the properties, and would do so later by itself.
      Class.forName(SETTINGS);
      Provider crypto =
          Class.forName(fipsModule ? FIPS : PLAIN)
              .asSubclass(Provider.class)
              .getDeclaredConstructor()
              .newInstance();
      return new BouncyCastle(crypto, fipsModule, required || approvedOnly(), random);
    } catch (ReflectiveOperationException | GeneralSecurityException broken) {
      throw new IllegalStateException("Bouncy Castle does not start: " + broken, broken);
    }
  }

  /**
   * What the stack's classes have to find when they are initialised: with the FIPS module, that no
   * session of TLS 1.2 is without an extended master secret (RFC 7627). The process has one such
   * setting, and its approved mode is of the process, too.
   */
  static Map<String, String> systemProperties() {
    return isThere(FIPS) ? Map.of("jdk.tls.allowLegacyMasterSecret", "false") : Map.of();
  }

  /** False in versions that are older than the hybrid groups with ML-KEM. */
  static boolean knowsHybrids() {
    return Arrays.stream(NamedGroup.class.getMethods())
        .anyMatch(method -> method.getName().equals("refersToASpecificHybrid"));
  }

  /** Whether there are groups that a quantum computer does not break, and why not. */
  static Support postQuantumGroups(boolean fipsModule) {
    if (fipsModule) {
      return Support.no("bctls-fips 2.1.24 has no ML-KEM groups");
    }
    return knowsHybrids()
        ? Support.yes()
        : Support.no("this version of Bouncy Castle is older than the hybrid groups with ML-KEM");
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, BouncyCastle.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }

  /** Asked live: approved mode can be a property of the thread. */
  private static boolean approvedOnly() {
    try {
      return isThere(FIPS)
          && (Boolean) Class.forName(REGISTRAR).getMethod("isInApprovedOnlyMode").invoke(null);
    } catch (ReflectiveOperationException notThere) {
      return false;
    }
  }

  private static boolean moduleReady() {
    try {
      return (Boolean) Class.forName(STATUS).getMethod("isReady").invoke(null);
    } catch (ReflectiveOperationException notThere) {
      return false;
    }
  }

  /** The cryptography of the low-level API; safe for any number of engines. */
  JcaTlsCrypto tlsCrypto() {
    JcaTlsCryptoProvider provider =
        fipsModule
            ? new JcaTlsCryptoProvider().setProvider(crypto)
            : new JdkAcceleratedCrypto(crypto);
    return provider.create(random);
  }

  /** A new context of BC-JSSE. */
  SSLContext jsseContext() throws GeneralSecurityException {
    return SSLContext.getInstance("TLS", jsse);
  }

  /** The suites that BC-JSSE finds fit for use, in FIPS mode those that are approved. */
  List<String> jsseSuites() {
    try {
      SSLContext context = jsseContext();
      context.init(null, new TrustManager[0], random);
      return List.of(context.createSSLEngine().getSupportedCipherSuites());
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("BC-JSSE makes no context", failed);
    }
  }

  /** Makes keys its own where it would not know them. */
  ForeignKeys keys() {
    return new ForeignKeys(crypto);
  }

  /** Why neither of its engines can show that identity. */
  Optional<String> refusal(Identity identity) {
    boolean small =
        identity.certificate().getPublicKey() instanceof RSAPublicKey rsa
            && rsa.getModulus().bitLength() < SMALLEST_APPROVED_RSA;
    if (!fipsModule) {
      return OpaqueKeyCheck.refusal(
          identity,
          OpaqueKeyCheck.signature("SHA256withRSA"),
          OpaqueKeyCheck.signature("SHA256withECDSA"));
    }
    if (identity.key().getEncoded() == null) {
      // Nobody outside of the module is even asked.
      return Optional.of("its key has no encoding, and the FIPS module signs with its own only");
    }
    return small
        ? Optional.of(
            "the FIPS module signs with RSA keys from "
                + SMALLEST_APPROVED_RSA
                + " bits only (FIPS 186-5)")
        : Optional.empty();
  }

  /** True if the engines are to do nothing but what FIPS approves. */
  boolean isFipsMode() {
    return jsse.isFipsMode();
  }

  boolean isFipsModule() {
    return fipsModule;
  }

  SecureRandom random() {
    return random;
  }

  /** The module's number hides that of its release: 2.0103 is 2.1.3. */
  String version() {
    Matcher release = RELEASE.matcher(crypto.getInfo());
    return fipsModule && release.find() ? release.group(1) : crypto.getVersionStr();
  }

  String description() {
    return jsse.getInfo() + " over " + cryptoDescription();
  }

  String lowLevelDescription() {
    return "Bouncy Castle's low-level TLS over " + cryptoDescription();
  }

  private String cryptoDescription() {
    return crypto.getName()
        + " "
        + version()
        + (fipsModule ? "" : "; AES, SHA and HMAC from the JDK");
  }

  /**
   * Under FIPS the module alone, and nothing of the JDK; otherwise the JDK for keys and
   * certificates, with BC for what the JDK lacks.
   */
  JcaServices jca() {
    return jca;
  }

  FipsStatus fipsStatus() {
    if (!fipsModule) {
      return FipsStatus.none(
          "bcprov is no FIPS module: put bc-fips and bctls-fips on the class path instead");
    }
    String module = crypto.getName() + " " + version();
    boolean ready = moduleReady();
    return new FipsStatus(
        List.of(
            new Part(ready, module + (ready ? ": ready" : ": NOT ready")),
            approvedOnly()
                ? Part.yes("this thread: approved mode only")
                : Part.no(
                    "this thread: NOT in approved mode; start the JVM with"
                        + " -Dorg.bouncycastle.fips.approved_only=true"),
            jsse.isFipsMode()
                ? Part.yes("engine: approved suites only")
                : Part.no(
                    "engine: NOT limited to approved suites, as fips:BCFIPS is; build with"
                        + " requireFips()"),
            crypto.equals(random.getProvider())
                ? Part.yes("randomness: " + random.getAlgorithm() + " of the module")
                : Part.no(
                    "randomness: NOT of the module, but "
                        + random.getAlgorithm()
                        + " of "
                        + random.getProvider().getName())));
  }
}
