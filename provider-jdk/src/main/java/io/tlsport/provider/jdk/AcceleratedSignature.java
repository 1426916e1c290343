package io.tlsport.provider.jdk;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/** A signature that an {@link Accelerator} computes or verifies. */
// jspecify is for the compiler only: `requires static`.
@SuppressWarnings("exports")
final class AcceleratedSignature extends SignatureSpi {
  private final Acceleration acceleration;
  private final String algorithm;
  private @Nullable PSSParameterSpec pss;
  private @Nullable PrivateKey signing;
  private @Nullable Signature begun;

  AcceleratedSignature(Acceleration acceleration, String algorithm) {
    this.acceleration = acceleration;
    this.algorithm = algorithm;
  }

  @Override
  protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
    signing = null;
    begun = acceleration.accelerator().verifier(algorithm, key);
  }

  /** Begun with the first bytes: parameters may come before or after the key. */
  @Override
  protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
    signing = acceleration.fast(key);
    begun = null;
  }

  private Signature begun() throws SignatureException {
    Signature known = begun;
    if (known != null) {
      return known;
    }
    if (signing == null) {
      throw new SignatureException("not initialised");
    }
    try {
      Signature made = acceleration.accelerator().signer(algorithm, signing, pss);
      begun = made;
      return made;
    } catch (GeneralSecurityException refused) {
      throw new SignatureException(refused);
    }
  }

  @Override
  protected void engineUpdate(byte data) throws SignatureException {
    begun().update(data);
  }

  @Override
  protected void engineUpdate(byte[] data, int offset, int length) throws SignatureException {
    begun().update(data, offset, length);
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    return begun().sign();
  }

  @Override
  protected boolean engineVerify(byte[] signature) throws SignatureException {
    return begun().verify(signature);
  }

  @Override
  protected void engineSetParameter(AlgorithmParameterSpec parameters)
      throws InvalidAlgorithmParameterException {
    if (!(parameters instanceof PSSParameterSpec given)) {
      throw new InvalidAlgorithmParameterException("only those of RSASSA-PSS");
    }
    pss = given;
  }

  @Override
  @Deprecated
  protected void engineSetParameter(String name, Object value) {
    throw new InvalidParameterException("parameters have no names");
  }

  @Override
  @Deprecated
  protected Object engineGetParameter(String name) {
    throw new InvalidParameterException("parameters have no names");
  }
}
