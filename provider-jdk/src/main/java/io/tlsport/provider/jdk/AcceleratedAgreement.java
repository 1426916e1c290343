package io.tlsport.provider.jdk;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Agrees with an {@link EphemeralKey}. */
// jspecify is for the compiler only: `requires static`.
@SuppressWarnings("exports")
final class AcceleratedAgreement extends KeyAgreementSpi {
  private final Accelerator accelerator;
  private @Nullable EphemeralKey own;
  private byte @Nullable [] secret;

  AcceleratedAgreement(Accelerator accelerator) {
    this.accelerator = accelerator;
  }

  @Override
  protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
    if (!(key instanceof EphemeralKey ephemeral)) {
      throw new InvalidKeyException("not a key of this provider");
    }
    own = ephemeral;
    secret = null;
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec parameters, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (parameters != null) {
      throw new InvalidAlgorithmParameterException("there are no parameters");
    }
    engineInit(key, random);
  }

  @Override
  protected @Nullable Key engineDoPhase(Key peer, boolean last) throws InvalidKeyException {
    if (own == null || !(peer instanceof PublicKey shown)) {
      throw new InvalidKeyException("an agreement is between two keys");
    }
    try {
      secret = accelerator.agree(own, shown);
      return null;
    } catch (GeneralSecurityException | RuntimeException refused) {
      throw new InvalidKeyException(refused);
    }
  }

  @Override
  protected byte[] engineGenerateSecret() {
    byte[] agreed = secret;
    if (agreed == null) {
      throw new IllegalStateException("nothing was agreed on");
    }
    secret = null;
    return agreed;
  }

  @Override
  protected int engineGenerateSecret(byte[] to, int offset) throws ShortBufferException {
    byte[] agreed = secret;
    if (agreed != null && to.length - offset < agreed.length) {
      throw new ShortBufferException();
    }
    byte[] taken = engineGenerateSecret();
    System.arraycopy(taken, 0, to, offset, taken.length);
    return taken.length;
  }

  @Override
  protected SecretKey engineGenerateSecret(String algorithm) {
    return new SecretKeySpec(engineGenerateSecret(), algorithm);
  }
}
