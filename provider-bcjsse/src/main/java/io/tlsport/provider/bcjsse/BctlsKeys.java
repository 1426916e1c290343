package io.tlsport.provider.bcjsse;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import org.bouncycastle.tls.KeyExchangeAlgorithm;

/** What a certificate's key can be used for. */
final class BctlsKeys {
  private BctlsKeys() {}

  /** Whether a suite of TLS 1.2 or older with that key exchange can use the key. */
  static boolean suits(PublicKey key, int keyExchange) {
    return switch (keyExchange) {
      case KeyExchangeAlgorithm.ECDHE_ECDSA ->
          key instanceof ECPublicKey || isEdwards(key, "Ed25519") || isEdwards(key, "Ed448");
      case KeyExchangeAlgorithm.ECDHE_RSA, KeyExchangeAlgorithm.DHE_RSA ->
          key.getAlgorithm().startsWith("RSA");
      case KeyExchangeAlgorithm.RSA -> key.getAlgorithm().equals("RSA");
      default -> false;
    };
  }

  /** The JDK calls such a key EdDSA and keeps the curve in its parameters. */
  static boolean isEdwards(PublicKey key, String curve) {
    return key.getAlgorithm().equals(curve)
        || (key instanceof EdECPublicKey edwards && edwards.getParams().getName().equals(curve));
  }
}
