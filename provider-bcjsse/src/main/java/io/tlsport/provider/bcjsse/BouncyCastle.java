package io.tlsport.provider.bcjsse;

import io.tlsport.FipsStatus;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.jsse.OpaqueKeyCheck;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * One Bouncy Castle stack. The two stacks have different classes for the same things, so that those
 * which only one of them has are reached by name.
 */
final class BouncyCastle {
  static final String PLAIN = "org.bouncycastle.jce.provider.BouncyCastleProvider";
  static final String FIPS = "org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider";

  private static final String REGISTRAR = "org.bouncycastle.crypto.CryptoServicesRegistrar";
  private static final String STATUS = "org.bouncycastle.crypto.fips.FipsStatus";

  private static final int SMALLEST_APPROVED_RSA = 2048;

  private final Provider crypto;
  private final BouncyCastleJsseProvider jsse;
  private final boolean fipsModule;
  private final SecureRandom random;
  private final JcaServices jca;

  private BouncyCastle(Provider crypto, boolean fipsModule, boolean fipsMode)
      throws GeneralSecurityException {
    this.crypto = crypto;
    this.fipsModule = fipsModule;
    this.jsse =
        fipsModule
            ? new BouncyCastleJsseProvider(fipsMode, crypto)
            : new BouncyCastleJsseProvider(fipsMode, new JdkAcceleratedCrypto(crypto));
    this.random = fipsModule ? SecureRandom.getInstance("DEFAULT", crypto) : new SecureRandom();
    this.jca =
        fipsModule ? JcaServices.ofModule(crypto, random) : JcaServices.jdkAnd(crypto, random);
  }

  /**
   * Loads the stack that is there; {@code required}: its engine is to offer approved suites only.
   */
  static BouncyCastle load(boolean required) {
    boolean fipsModule = isThere(FIPS);
    try {
      Provider crypto =
          Class.forName(fipsModule ? FIPS : PLAIN)
              .asSubclass(Provider.class)
              .getDeclaredConstructor()
              .newInstance();
      return new BouncyCastle(crypto, fipsModule, required || approvedOnly());
    } catch (ReflectiveOperationException | GeneralSecurityException broken) {
      throw new IllegalStateException("Bouncy Castle does not start: " + broken, broken);
    }
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
  JcaTlsCrypto tlsCrypto(Optional<SecureRandom> chosen) {
    JcaTlsCryptoProvider provider =
        fipsModule
            ? new JcaTlsCryptoProvider().setProvider(crypto)
            : new JdkAcceleratedCrypto(crypto);
    return provider.create(chosen.orElse(random));
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
    return small && fipsModule
        ? Optional.of(
            "the FIPS module signs with RSA keys from "
                + SMALLEST_APPROVED_RSA
                + " bits only (FIPS 186-5)")
        : OpaqueKeyCheck.refusal(
            identity,
            OpaqueKeyCheck.signature("SHA256withRSA"),
            OpaqueKeyCheck.signature("SHA256withECDSA"));
  }

  boolean isFipsModule() {
    return fipsModule;
  }

  SecureRandom random() {
    return random;
  }

  String version() {
    return crypto.getVersionStr();
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
        + crypto.getVersionStr()
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
    boolean ready = moduleReady();
    boolean approved = approvedOnly();
    List<String> parts = new ArrayList<>();
    parts.add(
        crypto.getName() + " " + crypto.getVersionStr() + (ready ? ": ready" : ": NOT ready"));
    parts.add(
        approved
            ? "this thread: approved mode only"
            : "this thread: NOT in approved mode; start the JVM with"
                + " -Dorg.bouncycastle.fips.approved_only=true");
    parts.add(
        jsse.isFipsMode()
            ? "engine: approved suites only"
            : "engine: NOT limited to approved suites; build with requireFips()");
    return new FipsStatus(ready && approved && jsse.isFipsMode(), parts);
  }
}
