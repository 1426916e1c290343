package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.core.policy.der.DerWriter;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.Set;

/** Plain private keys: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1 (RFC 5915). */
final class EncodedKeys {
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final String EC = "1.2.840.10045.2.1";
  private static final int EC_PARAMETERS = 0xa0;

  /** {@code SEQUENCE { rsaEncryption, NULL }}. */
  private static final byte[] RSA_IDENTIFIER = {
    0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  /** {@code id-ecPublicKey}. */
  private static final byte[] EC_IDENTIFIER = {
    6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1
  };

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "1.2.840.113549.1.1.1",
          "RSA",
          "1.2.840.113549.1.1.10",
          "RSASSA-PSS",
          EC,
          "EC",
          "1.3.101.112",
          "Ed25519",
          "1.3.101.113",
          "Ed448");

  /** Names for messages of what has none in the JCA, or is no key of a certificate. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "1.2.840.10040.4.1", "DSA",
          "1.2.840.113549.1.3.1", "DH",
          "1.3.101.110", "X25519",
          "1.3.101.111", "X448",
          "1.3.132.0.10", "secp256k1",
          "1.3.132.0.33", "secp224r1",
          "1.2.840.10045.3.1.1", "prime192v1",
          "1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1",
          "1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1",
          "1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1");

  /** Those of the signature schemes of TLS 1.3. */
  private static final Set<String> CURVES =
      Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

  private final JcaServices jca;

  EncodedKeys(JcaServices jca) {
    this.jca = jca;
  }

  /** The PEM label that would fit a key in DER. */
  static String label(byte[] der) throws DerException {
    DerReader key = new DerReader(der).enter(DerReader.SEQUENCE);
    if (key.peek() == DerReader.SEQUENCE) {
      return "ENCRYPTED PRIVATE KEY";
    }
    key.integer();
    return switch (key.peek()) {
      case DerReader.SEQUENCE -> "PRIVATE KEY";
      case DerReader.OCTET_STRING -> "EC PRIVATE KEY";
      case DerReader.INTEGER -> "RSA PRIVATE KEY";
      default -> throw new DerException("it is no private key in DER");
    };
  }

  PrivateKey pkcs8(byte[] der) throws DerException, GeneralSecurityException {
    DerReader info = new DerReader(der).enter(DerReader.SEQUENCE);
    info.integer();
    DerReader identifier = info.enter(DerReader.SEQUENCE);
    String oid = identifier.oid();
    String algorithm = ALGORITHMS.get(oid);
    if (algorithm == null) {
      throw new NoSuchAlgorithmException("key algorithm " + named(oid) + " is not supported");
    }
    if (oid.equals(EC)) {
      requireCurve(identifier);
    }
    return jca.keyFactory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static String named(String oid) {
    String name = OTHERS.get(oid);
    return name == null ? oid : name + " (" + oid + ")";
  }

  /** Otherwise a curve that the provider lacks would look like a damaged key. */
  private void requireCurve(DerReader parameters) throws DerException, GeneralSecurityException {
    if (parameters.peek() == DerReader.SEQUENCE) {
      throw new NoSuchAlgorithmException(
          "this EC key spells out its curve, and only named curves are supported; convert it with"
              + " openssl ec -param_enc named_curve");
    }
    String curve = parameters.oid();
    if (!CURVES.contains(curve)) {
      throw new NoSuchAlgorithmException(
          "EC curve "
              + named(curve)
              + " is not supported; certificates have P-256, P-384 or P-521");
    }
    try {
      jca.algorithmParameters("EC").init(new ECGenParameterSpec(curve));
    } catch (InvalidParameterSpecException unknown) {
      throw new NoSuchAlgorithmException("EC curve " + named(curve) + " is not supported", unknown);
    }
  }

  PrivateKey pkcs1(byte[] der) throws DerException, GeneralSecurityException {
    return pkcs8(wrapped(RSA_IDENTIFIER, der));
  }

  PrivateKey sec1(byte[] der) throws DerException, GeneralSecurityException {
    DerReader key = new DerReader(der).enter(DerReader.SEQUENCE);
    key.integer();
    key.octets();
    if (key.peek() != EC_PARAMETERS) {
      throw new DerException("it does not name its curve");
    }
    byte[] curve = key.next().rest();
    return pkcs8(wrapped(DerWriter.value(DerReader.SEQUENCE, EC_IDENTIFIER, curve), der));
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return DerWriter.value(
        DerReader.SEQUENCE, VERSION_0, algorithm, DerWriter.value(DerReader.OCTET_STRING, key));
  }
}
