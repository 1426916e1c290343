package io.tlsport.provider.jdk;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import org.jspecify.annotations.Nullable;

/** Key pairs for one handshake; what it refuses is made by the JDK's own. */
final class AcceleratedKeyPairs extends KeyPairGeneratorSpi {
  private final Accelerator accelerator;
  private @Nullable Maker maker;

  @FunctionalInterface
  private interface Maker {
    KeyPair make() throws GeneralSecurityException;
  }

  AcceleratedKeyPairs(Accelerator accelerator) {
    this.accelerator = accelerator;
  }

  @Override
  public void initialize(int size, SecureRandom random) {
    throw new InvalidParameterException("a curve has a name here");
  }

  @Override
  public void initialize(AlgorithmParameterSpec spec, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    if (spec instanceof NamedParameterSpec named
        && named.getName().equalsIgnoreCase(NamedParameterSpec.X25519.getName())) {
      maker = accelerator::x25519;
    } else {
      String curve =
          Curves.name(spec)
              .orElseThrow(() -> new InvalidAlgorithmParameterException("another curve"));
      maker = () -> accelerator.onCurve(curve);
    }
  }

  @Override
  public KeyPair generateKeyPair() {
    if (maker == null) {
      throw new InvalidParameterException("which curve?");
    }
    try {
      return maker.make();
    } catch (GeneralSecurityException failed) {
      throw new ProviderException(failed);
    }
  }
}
