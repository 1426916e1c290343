package io.tlsport.provider.bcjsse;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import org.bouncycastle.tls.KeyExchangeAlgorithm;

/**
 * What a certificate's key can be used for.
 *
 * @param algorithm what its certificate says of it
 * @param key the key
 */
record BctlsKey(String algorithm, PublicKey key) {
  /**
   * Whether a suite of TLS 1.2 or older with that key exchange can use the key.
   *
   * @param tls12 false for what is older, which has less signatures
   */
  boolean suits(int keyExchange, boolean tls12) {
    return (tls12 || signsBeforeTls12())
        && switch (keyExchange) {
          case KeyExchangeAlgorithm.ECDHE_ECDSA ->
              isCurve() || isEdwards("Ed25519") || isEdwards("Ed448");
          case KeyExchangeAlgorithm.ECDHE_RSA, KeyExchangeAlgorithm.DHE_RSA ->
              algorithm.startsWith("RSA");
          case KeyExchangeAlgorithm.RSA -> isNamed("RSA");
          default -> false;
        };
  }

  /** By RSA as in PKCS#1, or by ECDSA. */
  boolean signsBeforeTls12() {
    return isCurve() || isNamed("RSA");
  }

  boolean isNamed(String name) {
    return algorithm.equals(name);
  }

  /** A point of a curve, for ECDSA. */
  boolean isCurve() {
    return key instanceof ECPublicKey;
  }

  /** The same, of a curve over a field with that many bits. */
  boolean isCurve(int bits) {
    return key instanceof ECPublicKey curve
        && curve.getParams().getCurve().getField().getFieldSize() == bits;
  }

  /** The JDK calls such a key EdDSA and keeps the curve in its parameters. */
  boolean isEdwards(String curve) {
    return isNamed(curve)
        || (key instanceof EdECPublicKey edwards && edwards.getParams().getName().equals(curve));
  }
}
