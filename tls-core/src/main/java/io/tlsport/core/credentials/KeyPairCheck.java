package io.tlsport.core.credentials;

import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/** Whether a private key belongs to a public one: by numbers where they show, else by signing. */
final class KeyPairCheck {
  private static final byte[] PROBE = {1, 2, 3, 4};

  private final JcaServices jca;

  KeyPairCheck(JcaServices jca) {
    this.jca = jca;
  }

  boolean belong(PrivateKey key, PublicKey certified) {
    if (key instanceof RSAKey mine && certified instanceof RSAKey theirs) {
      return mine.getModulus().equals(theirs.getModulus());
    }
    if (key instanceof ECKey mine
        && certified instanceof ECKey theirs
        && !mine.getParams().getCurve().equals(theirs.getParams().getCurve())) {
      return false;
    }
    Optional<String> algorithm = algorithm(certified);
    return algorithm.isPresent() && signs(algorithm.get(), key, certified);
  }

  private static Optional<String> algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> Optional.of("SHA256withECDSA");
      case "EdDSA" ->
          key instanceof EdECKey edwards
              ? Optional.of(edwards.getParams().getName())
              : Optional.of("Ed25519");
      case "Ed25519", "Ed448" -> Optional.of(key.getAlgorithm());
      case "RSA" -> Optional.of("SHA256withRSA");
      case "RSASSA-PSS" -> Optional.of("RSASSA-PSS");
      default -> Optional.empty();
    };
  }

  private boolean signs(String algorithm, PrivateKey key, PublicKey certified) {
    try {
      Signature signer = signature(algorithm);
      signer.initSign(key);
      signer.update(PROBE);
      byte[] value = signer.sign();
      Signature verifier = signature(algorithm);
      verifier.initVerify(certified);
      verifier.update(PROBE);
      return verifier.verify(value);
    } catch (GeneralSecurityException | RuntimeException differentKind) {
      return false; // a key of another kind cannot be used together with this one
    }
  }

  private Signature signature(String algorithm) throws GeneralSecurityException {
    Signature signature = jca.signature(algorithm);
    if (algorithm.equals("RSASSA-PSS")) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    return signature;
  }
}
