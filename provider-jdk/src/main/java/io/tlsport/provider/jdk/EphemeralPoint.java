package io.tlsport.provider.jdk;

import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/** The public half of an {@link EphemeralKey} on a curve of NIST: SunJSSE encodes it itself. */
final class EphemeralPoint implements ECPublicKey, UnencodedKey {
  private static final long serialVersionUID = 1;

  private final transient ECPoint point;
  private final transient ECParameterSpec curve;

  EphemeralPoint(ECPoint point, ECParameterSpec curve) {
    this.point = point;
    this.curve = curve;
  }

  @Override
  public ECPoint getW() {
    return point;
  }

  @Override
  public ECParameterSpec getParams() {
    return curve;
  }

  @Override
  public String getAlgorithm() {
    return "EC";
  }
}
