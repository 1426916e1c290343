package io.tlsport.spi;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertStoreParameters;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;

/**
 * Cryptography from a fixed list of JCA providers, so that what else the JVM has installed, and in
 * which order, decides nothing. Under FIPS the list is the approved module alone.
 */
public final class JcaServices {
  private final List<Provider> providers;
  private final SecureRandom random;
  private final boolean module;

  private JcaServices(List<Provider> providers, SecureRandom random, boolean module) {
    this.providers = List.copyOf(providers);
    this.random = random;
    this.module = module;
  }

  /** Exactly these providers, first match first, and this source of randomness. */
  public static JcaServices of(List<Provider> providers, SecureRandom random) {
    return new JcaServices(providers, random, false);
  }

  /** A FIPS module alone: what it does not have is not computed by anybody else. */
  public static JcaServices ofModule(Provider module, SecureRandom random) {
    return new JcaServices(List.of(module), random, true);
  }

  /** The JDK's own providers, whatever else is installed before or after them. */
  public static JcaServices jdk() {
    return new JcaServices(ofJdk().toList(), new SecureRandom(), false);
  }

  /** The JDK's own providers, then one more for what they lack. */
  public static JcaServices jdkAnd(Provider last, SecureRandom random) {
    return new JcaServices(Stream.concat(ofJdk(), Stream.of(last)).toList(), random, false);
  }

  private static Stream<Provider> ofJdk() {
    return Arrays.stream(Security.getProviders())
        .filter(provider -> isJdkModule(provider.getClass().getModule().getName()));
  }

  private static boolean isJdkModule(String module) {
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  /** True if these are of a FIPS module alone, so that derivations must not bypass it. */
  public boolean isModule() {
    return module;
  }

  /** Randomness for keys and salts. */
  public SecureRandom random() {
    return random;
  }

  /** {@code X.509} and the like. */
  public CertificateFactory certificateFactory(String type) throws GeneralSecurityException {
    return first("CertificateFactory", type, p -> CertificateFactory.getInstance(type, p));
  }

  /** {@code PKIX}. */
  public CertPathValidator certPathValidator(String algorithm) throws GeneralSecurityException {
    return first("CertPathValidator", algorithm, p -> CertPathValidator.getInstance(algorithm, p));
  }

  /** {@code Collection}. */
  public CertStore certStore(String type, CertStoreParameters parameters)
      throws GeneralSecurityException {
    return first("CertStore", type, p -> CertStore.getInstance(type, parameters, p));
  }

  /** {@code PKCS12}, {@code BCFKS}. */
  public KeyStore keyStore(String type) throws GeneralSecurityException {
    return first("KeyStore", type, p -> KeyStore.getInstance(type, p));
  }

  /** {@code RSA}, {@code EC}, {@code Ed25519}. */
  public KeyFactory keyFactory(String algorithm) throws GeneralSecurityException {
    return first("KeyFactory", algorithm, p -> KeyFactory.getInstance(algorithm, p));
  }

  /** {@code SHA256withRSA} and the like. */
  public Signature signature(String algorithm) throws GeneralSecurityException {
    return first("Signature", algorithm, p -> Signature.getInstance(algorithm, p));
  }

  /** {@code AES/CBC/PKCS5Padding} and the like. */
  public Cipher cipher(String transformation) throws GeneralSecurityException {
    return first("Cipher", transformation, p -> Cipher.getInstance(transformation, p));
  }

  /** {@code PBKDF2WithHmacSHA256} and the like. */
  public SecretKeyFactory secretKeyFactory(String algorithm) throws GeneralSecurityException {
    return first("SecretKeyFactory", algorithm, p -> SecretKeyFactory.getInstance(algorithm, p));
  }

  /** {@code HmacSHA256} and the like. */
  public Mac mac(String algorithm) throws GeneralSecurityException {
    return first("Mac", algorithm, p -> Mac.getInstance(algorithm, p));
  }

  /** {@code PBES2} and the like. */
  public AlgorithmParameters algorithmParameters(String algorithm) throws GeneralSecurityException {
    return first(
        "AlgorithmParameters", algorithm, p -> AlgorithmParameters.getInstance(algorithm, p));
  }

  /** {@code SHA-256} and the like. */
  public MessageDigest messageDigest(String algorithm) throws GeneralSecurityException {
    return first("MessageDigest", algorithm, p -> MessageDigest.getInstance(algorithm, p));
  }

  private interface Maker<T> {
    T make(Provider provider) throws GeneralSecurityException;
  }

  private <T> T first(String type, String algorithm, Maker<T> maker)
      throws GeneralSecurityException {
    for (Provider provider : providers) {
      try {
        return maker.make(provider);
      } catch (NoSuchAlgorithmException
          | java.security.cert.CertificateException
          | java.security.KeyStoreException
          | javax.crypto.NoSuchPaddingException e) {
        // This provider has no such service: the next one may.
      }
    }
    throw new NoSuchAlgorithmException(
        "no "
            + type
            + " "
            + algorithm
            + " in "
            + providers.stream().map(Provider::getName).toList());
  }
}
