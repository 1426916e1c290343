package io.tlsport.spi.jsse;

import io.tlsport.spi.Identity;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * Whether an engine that looks for a key's own provider in the JVM's list will find it: a key
 * without an encoding cannot be handed to another one.
 */
public final class OpaqueKeyCheck {
  private OpaqueKeyCheck() {}

  /** What an engine does with a key. */
  @FunctionalInterface
  public interface Use {
    /** Begins it, and throws what says that nobody can. */
    void begin(PrivateKey key) throws GeneralSecurityException;
  }

  /** Signs with that algorithm of the JCA. */
  public static Use signature(String algorithm) {
    return key -> Signature.getInstance(algorithm).initSign(key);
  }

  /** Decrypts with that transformation of the JCA. */
  public static Use cipher(String transformation) {
    return key -> Cipher.getInstance(transformation).init(Cipher.DECRYPT_MODE, key);
  }

  /**
   * Why a key without an encoding cannot be used; empty if it can, or has one.
   *
   * @param rsa what the engine does with RSA keys
   * @param ec what it does with EC keys
   */
  public static Optional<String> refusal(Identity identity, Use rsa, Use ec) {
    PrivateKey key = identity.key();
    if (key.getEncoded() != null) {
      return Optional.empty();
    }
    Use use = identity.certificate().getPublicKey().getAlgorithm().startsWith("RSA") ? rsa : ec;
    try {
      use.begin(key);
      return Optional.empty();
    } catch (GeneralSecurityException | RuntimeException nobody) {
      return Optional.of(
          "its key has no encoding, and no installed JCA provider works with it ("
              + nobody.getMessage()
              + "): install the key's own provider, java.security.Security.addProvider");
    }
  }
}
