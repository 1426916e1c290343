package io.tlsport.provider.jdk;

import java.math.BigInteger;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;

/** The public half of an {@link EphemeralKey} on X25519: SunJSSE encodes it itself. */
final class EphemeralX25519 implements XECPublicKey, UnencodedKey {
  private static final long serialVersionUID = 1;

  private final BigInteger coordinate;

  /**
   * That key.
   *
   * @param point little-endian, as in RFC 7748 section 5
   */
  EphemeralX25519(byte[] point) {
    byte[] reversed = new byte[point.length];
    for (int i = 0; i < point.length; i++) {
      reversed[i] = point[point.length - 1 - i];
    }
    this.coordinate = new BigInteger(1, reversed);
  }

  @Override
  public BigInteger getU() {
    return coordinate;
  }

  @Override
  public AlgorithmParameterSpec getParams() {
    return NamedParameterSpec.X25519;
  }

  @Override
  public String getAlgorithm() {
    return "XDH";
  }
}
