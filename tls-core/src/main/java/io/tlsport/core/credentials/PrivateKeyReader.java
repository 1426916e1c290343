package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;

/** Private keys in PEM or DER, plain or encrypted under a passphrase. */
final class PrivateKeyReader {
  private final JcaServices jca;
  private final EncodedKeys keys;
  private final Optional<Secret> shared;

  /** With the passphrase for what has none of its own. */
  PrivateKeyReader(JcaServices jca, Optional<Secret> shared) {
    this.jca = jca;
    this.keys = new EncodedKeys(jca);
    this.shared = shared;
  }

  /** All private keys of an option; at least one. */
  List<PrivateKey> read(String option, Pem pem) {
    Source source = new Source(option, pem);
    if (source.isDer()) {
      return List.of(key(source, der(source)));
    }
    List<PrivateKey> found = new ArrayList<>();
    for (PemBlock block : PemReader.read(option, pem)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        found.add(key(source, block));
      }
    }
    if (found.isEmpty()) {
      throw source.error(
          ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
          "no block BEGIN PRIVATE KEY in it; is it the right file?");
    }
    return found;
  }

  private static PemBlock der(Source source) {
    byte[] bytes = source.pem().bytes();
    try {
      return PemBlock.ofDer(EncodedKeys.label(bytes), bytes);
    } catch (DerException none) {
      throw damaged(source, PemBlock.ofDer("PRIVATE KEY", bytes), none);
    }
  }

  private PrivateKey key(Source source, PemBlock block) {
    try {
      String header = block.headers().get(TraditionalEncryption.HEADER);
      byte[] content =
          header == null
              ? block.content()
              : decrypted(
                  source,
                  block + ", encrypted with " + header.split(",", 2)[0],
                  password ->
                      new TraditionalEncryption(jca).decrypt(header, block.content(), password));
      return switch (block.label()) {
        case "PRIVATE KEY" -> keys.pkcs8(content);
        case "RSA PRIVATE KEY" -> keys.pkcs1(content);
        case "EC PRIVATE KEY" -> keys.sec1(content);
        case "ENCRYPTED PRIVATE KEY" ->
            keys.pkcs8(
                decrypted(
                    source,
                    block + ", encrypted with " + PasswordEncryption.described(content),
                    password -> plain(content, password)));
        default -> throw new NoSuchAlgorithmException("keys of this kind are not supported");
      };
    } catch (DerException | InvalidKeySpecException | IllegalBlockSizeException malformed) {
      throw damaged(source, block, malformed);
    } catch (GeneralSecurityException unusable) {
      throw unsupported(source, block, Source.reason(unusable), unusable);
    } catch (ConfigurationException refused) {
      throw refused;
    } catch (RuntimeException malformed) { // some providers throw these for bytes that are no key
      throw damaged(source, block, malformed);
    } catch (Error thrown) {
      throw unsupported(source, block, Approval.refusal(thrown), thrown);
    }
  }

  private static ConfigurationException damaged(Source source, PemBlock block, Exception cause) {
    return source.error(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA, block + " is damaged: " + Source.reason(cause), cause);
  }

  private static ConfigurationException unsupported(
      Source source, PemBlock block, String why, Throwable cause) {
    return source.error(ErrorCode.ERR_OSSL_UNSUPPORTED, block + " cannot be used: " + why, cause);
  }

  /** Something that needs the passphrase. */
  private interface Decryption {
    byte[] run(Password password) throws DerException, GeneralSecurityException;
  }

  private byte[] decrypted(Source source, String what, Decryption decryption)
      throws DerException, GeneralSecurityException {
    Secret secret =
        source
            .passphrase(shared)
            .orElseThrow(
                () -> source.error(ErrorCode.ERR_MISSING_PASSPHRASE, what + ": set passphrase"));
    try (Password password = Password.of(secret)) {
      byte[] plain = decryption.run(password);
      if (!isOneSequence(plain)) {
        throw wrong(source, what, null);
      }
      return plain;
    } catch (BadPaddingException wrong) {
      throw wrong(source, what, wrong);
    }
  }

  private static ConfigurationException wrong(
      Source source, String what, @Nullable Exception cause) {
    String message = what + ": the passphrase is wrong";
    return cause == null
        ? source.error(ErrorCode.ERR_OSSL_BAD_DECRYPT, message)
        : source.error(ErrorCode.ERR_OSSL_BAD_DECRYPT, message, cause);
  }

  /** A wrong passphrase gives a valid padding now and then, but never this. */
  static boolean isOneSequence(byte[] plain) {
    try {
      DerReader reader = new DerReader(plain);
      reader.enter(DerReader.SEQUENCE);
      return reader.isEmpty();
    } catch (DerException random) {
      return false;
    }
  }

  private byte[] plain(byte[] der, Password password)
      throws DerException, GeneralSecurityException {
    DerReader info = new DerReader(der).enter(DerReader.SEQUENCE);
    DerReader algorithm = info.enter(DerReader.SEQUENCE);
    return new PasswordEncryption(jca).decrypt(algorithm, info.octets(), password);
  }
}
