package io.tlsport.provider.jdk;

import java.security.PrivateKey;

/** A private key of one handshake, which no other JCA provider can use. */
final class EphemeralKey implements PrivateKey, UnencodedKey {
  private static final long serialVersionUID = 1;

  private final String algorithm;
  private final transient PrivateKey fast;

  /**
   * That key.
   *
   * @param fast of the library
   */
  EphemeralKey(String algorithm, PrivateKey fast) {
    this.algorithm = algorithm;
    this.fast = fast;
  }

  PrivateKey fast() {
    return fast;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }
}
