package io.tlsport.provider.bcjsse;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import org.bouncycastle.tls.KeyExchangeAlgorithm;

/** What a certificate's key can be used for. */
final class BctlsKeys {
  private BctlsKeys() {}

  /**
   * Whether a suite of TLS 1.2 or older with that key exchange can use the key.
   *
   * @param tls12 false for what is older, which has less signatures
   */
  static boolean suits(PublicKey key, int keyExchange, boolean tls12) {
    return (tls12 || signsBeforeTls12(key))
        && switch (keyExchange) {
          case KeyExchangeAlgorithm.ECDHE_ECDSA ->
              key instanceof ECPublicKey || isEdwards(key, "Ed25519") || isEdwards(key, "Ed448");
          case KeyExchangeAlgorithm.ECDHE_RSA, KeyExchangeAlgorithm.DHE_RSA ->
              key.getAlgorithm().startsWith("RSA");
          case KeyExchangeAlgorithm.RSA -> key.getAlgorithm().equals("RSA");
          default -> false;
        };
  }

  /** By RSA as in PKCS#1, or by ECDSA. */
  static boolean signsBeforeTls12(PublicKey key) {
    return key instanceof ECPublicKey || key.getAlgorithm().equals("RSA");
  }

  /** The JDK calls such a key EdDSA and keeps the curve in its parameters. */
  static boolean isEdwards(PublicKey key, String curve) {
    return key.getAlgorithm().equals(curve)
        || (key instanceof EdECPublicKey edwards && edwards.getParams().getName().equals(curve));
  }
}
