package io.tlsport.provider.jdk;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/**
 * A faster library for the public-key cryptography of SunJSSE's handshakes: elliptic curves, and
 * RSA where that library is faster at it. It gets what it computes as bytes, and keeps its keys to
 * itself. Safe for any number of threads.
 */
final class Accelerator {
  static final String ED25519 = NamedParameterSpec.ED25519.getName();

  private static final String PSS = "RSASSA-PSS";
  private static final String EDWARDS = "EdDSA";
  private static final int X25519_BITS = 255;
  private static final int X25519_LENGTH = 32;

  /** The JCA provider of a library, and how it comes to a class path. */
  private record Library(String providerClass, String artifact, boolean signsRsa) {}

  private static final Map<String, Library> LIBRARIES =
      new TreeMap<>(
          Map.of(
              "conscrypt",
              new Library(
                  "org.conscrypt.OpenSSLProvider", "org.conscrypt:conscrypt-openjdk-uber", true),
              "bc",
              new Library(
                  "org.bouncycastle.jce.provider.BouncyCastleProvider",
                  "org.bouncycastle:bcprov-jdk18on",
                  false)));

  private final String name;
  private final Provider library;
  private final boolean signsRsa;
  private final SecureRandom random;

  /**
   * That library, which is not installed.
   *
   * @param signsRsa it is faster at that than the JDK
   * @param random for libraries that have no source of their own
   */
  Accelerator(String name, Provider library, boolean signsRsa, SecureRandom random) {
    this.name = name;
    this.library = library;
    this.signsRsa = signsRsa;
    this.random = random;
  }

  /** What users choose from. */
  static Set<String> names() {
    return LIBRARIES.keySet();
  }

  /** The accelerator of that name, whose library lies beside this one. */
  static Accelerator load(String name) {
    return load(name, Accelerator.class.getClassLoader(), new SecureRandom());
  }

  /**
   * The accelerator of that name.
   *
   * @param loader where its library is
   * @throws ConfigurationException if there is none, or its library cannot be used here
   */
  static Accelerator load(String name, ClassLoader loader, SecureRandom random) {
    Library found = LIBRARIES.get(name);
    if (found == null) {
      throw unavailable(name, "is not known: use one of " + names());
    }
    try {
      Object provider =
          Class.forName(found.providerClass(), true, loader).getDeclaredConstructor().newInstance();
      return new Accelerator(name, (Provider) provider, found.signsRsa(), random);
    } catch (ClassNotFoundException missing) {
      throw unavailable(
          name, "is not on the class path: add " + found.artifact() + ", or leave it out");
    } catch (ReflectiveOperationException | LinkageError broken) {
      Throwable cause = broken.getCause() == null ? broken : broken.getCause();
      throw unavailable(name, "does not work on this machine: " + cause + "; leave it out");
    }
  }

  static ConfigurationException unavailable(String name, String why) {
    return new ConfigurationException(
        ErrorCode.ERR_PROVIDER_UNAVAILABLE, "the accelerator \"" + name + "\" " + why);
  }

  String name() {
    return name;
  }

  /** Its own form of a key; empty if it has none, or is not faster with it. */
  Optional<PrivateKey> decode(PrivateKey key) {
    try {
      if (key instanceof RSAPrivateCrtKey rsa && signsRsa) {
        return Optional.of(
            keys("RSA")
                .generatePrivate(
                    new RSAPrivateCrtKeySpec(
                        rsa.getModulus(),
                        rsa.getPublicExponent(),
                        rsa.getPrivateExponent(),
                        rsa.getPrimeP(),
                        rsa.getPrimeQ(),
                        rsa.getPrimeExponentP(),
                        rsa.getPrimeExponentQ(),
                        rsa.getCrtCoefficient())));
      }
      PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(key.getEncoded());
      if (key instanceof EdECKey edwards && isEd25519(edwards)) {
        return Optional.of(keys(EDWARDS).generatePrivate(encoded));
      }
      return key instanceof ECPrivateKey ec && Curves.isKnown(ec.getParams())
          ? Optional.of(keys("EC").generatePrivate(encoded))
          : Optional.empty();
    } catch (GeneralSecurityException | RuntimeException notThisOne) {
      // SunJSSE's own providers sign with it.
      return Optional.empty();
    }
  }

  private static boolean isEd25519(EdECKey key) {
    return ED25519.equals(key.getParams().getName());
  }

  private KeyFactory keys(String algorithm) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm, library);
  }

  /** Whether it is faster at verifying by that key. RSA takes as long anywhere. */
  boolean verifies(String algorithm, PublicKey key) {
    return key instanceof EdECKey edwards
        ? algorithm.equals(ED25519) && isEd25519(edwards)
        : algorithm.endsWith("ECDSA")
            && key instanceof ECPublicKey ec
            && Curves.isKnown(ec.getParams());
  }

  /** Verifies by that key, which it is to decode first. */
  Signature verifier(String algorithm, PublicKey key) throws InvalidKeyException {
    try {
      boolean edwards = algorithm.equals(ED25519);
      Signature verifier = Signature.getInstance(edwards ? EDWARDS : algorithm, library);
      verifier.initVerify(
          keys(edwards ? EDWARDS : "EC").generatePublic(new X509EncodedKeySpec(key.getEncoded())));
      return verifier;
    } catch (GeneralSecurityException | RuntimeException refused) {
      throw new InvalidKeyException("not a key for " + algorithm, refused);
    }
  }

  /**
   * Signs with a key of its own.
   *
   * @param pss for RSASSA-PSS
   */
  Signature signer(String algorithm, PrivateKey fast, @Nullable PSSParameterSpec pss)
      throws GeneralSecurityException {
    Signature signer;
    if (!algorithm.equals(PSS)) {
      signer = Signature.getInstance(algorithm.equals(ED25519) ? EDWARDS : algorithm, library);
    } else if (pss == null) {
      throw new InvalidAlgorithmParameterException("RSASSA-PSS needs its parameters");
    } else {
      String digest = pss.getDigestAlgorithm().replace("-", "");
      signer = Signature.getInstance(digest + "withRSA/PSS", library);
      signer.setParameter(pss);
    }
    signer.initSign(fast);
    return signer;
  }

  /** A key pair for one handshake on X25519. */
  KeyPair x25519() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519", library);
    // Conscrypt's takes no description of the only curve that it has.
    generator.initialize(X25519_BITS, random);
    KeyPair pair = generator.generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - X25519_LENGTH, encoded.length);
    return new KeyPair(new EphemeralX25519(point), new EphemeralKey("XDH", pair.getPrivate()));
  }

  /** A key pair for one handshake on a curve that {@link Curves} knows. */
  KeyPair onCurve(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", library);
    generator.initialize(new ECGenParameterSpec(curve), random);
    KeyPair pair = generator.generateKeyPair();
    return new KeyPair(
        new EphemeralPoint(((ECPublicKey) pair.getPublic()).getW(), Curves.of(curve)),
        new EphemeralKey("EC", pair.getPrivate()));
  }

  /** The secret of one of its pairs and the peer's key. */
  byte[] agree(EphemeralKey key, PublicKey peer) throws GeneralSecurityException {
    boolean onCurve = key.getAlgorithm().equals("EC");
    String algorithm = onCurve ? "EC" : "X25519";
    KeyAgreement agreement = KeyAgreement.getInstance(onCurve ? "ECDH" : algorithm, library);
    agreement.init(key.fast());
    agreement.doPhase(
        keys(algorithm).generatePublic(new X509EncodedKeySpec(peer.getEncoded())), true);
    byte[] secret = agreement.generateSecret();
    int bits = 0;
    for (byte each : secret) {
      bits |= each;
    }
    if (bits == 0) {
      // RFC 7748 section 6.1, RFC 8446 section 7.4.2.
      throw new InvalidKeyException("the peer's key is a point of small order");
    }
    return secret;
  }
}
