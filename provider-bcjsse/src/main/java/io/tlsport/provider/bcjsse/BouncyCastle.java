package io.tlsport.provider.bcjsse;

import io.tlsport.FipsStatus;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private final Provider crypto;
  private final BouncyCastleJsseProvider jsse;
  private final boolean fipsModule;
  private final SecureRandom random;

  private BouncyCastle(Provider crypto, boolean fipsModule, boolean fipsMode)
      throws GeneralSecurityException {
    this.crypto = crypto;
    this.fipsModule = fipsModule;
    this.jsse =
        fipsModule
            ? new BouncyCastleJsseProvider(fipsMode, crypto)
            : new BouncyCastleJsseProvider(fipsMode, new JdkAcceleratedCrypto(crypto));
    this.random = fipsModule ? SecureRandom.getInstance("DEFAULT", crypto) : new SecureRandom();
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

  BouncyCastleJsseProvider jsse() {
    return jsse;
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
    if (fipsModule) {
      return JcaServices.of(List.of(crypto), random);
    }
    return JcaServices.jdkAnd(crypto, random);
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
