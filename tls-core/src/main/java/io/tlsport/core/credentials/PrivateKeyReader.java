package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.core.policy.der.DerWriter;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;

/**
 * Private keys: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1 (RFC 5915), plain or encrypted under
 * a passphrase.
 */
final class PrivateKeyReader {
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final String EC = "1.2.840.10045.2.1";
  private static final int EC_PARAMETERS = 0xa0;

  /** {@code SEQUENCE { rsaEncryption, NULL }}. */
  private static final byte[] RSA_IDENTIFIER = {
    0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  /** {@code id-ecPublicKey}. */
  private static final byte[] EC_IDENTIFIER = {
    6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1
  };

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "1.2.840.113549.1.1.1",
          "RSA",
          "1.2.840.113549.1.1.10",
          "RSASSA-PSS",
          EC,
          "EC",
          "1.3.101.112",
          "Ed25519",
          "1.3.101.113",
          "Ed448");

  private final JcaServices jca;
  private final Optional<Secret> passphrase;

  PrivateKeyReader(JcaServices jca, Optional<Secret> passphrase) {
    this.jca = jca;
    this.passphrase = passphrase;
  }

  /** All private keys of an option; at least one. */
  List<PrivateKey> read(String option, Pem pem) {
    Source source = new Source(option, pem);
    List<PrivateKey> keys = new ArrayList<>();
    for (PemBlock block : PemReader.read(option, pem)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        keys.add(key(source, block));
      }
    }
    if (keys.isEmpty()) {
      throw source.error(
          ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
          "no block BEGIN PRIVATE KEY in it; is it the right file?");
    }
    return keys;
  }

  private PrivateKey key(Source source, PemBlock block) {
    String label = block.label();
    try {
      String header = block.headers().get(TraditionalEncryption.HEADER);
      byte[] content =
          header == null
              ? block.content()
              : decrypted(
                  source,
                  label,
                  chars -> new TraditionalEncryption(jca).decrypt(header, block.content(), chars));
      return switch (label) {
        case "PRIVATE KEY" -> pkcs8(content);
        case "RSA PRIVATE KEY" -> pkcs8(wrapped(RSA_IDENTIFIER, content));
        case "EC PRIVATE KEY" -> sec1(content);
        case "ENCRYPTED PRIVATE KEY" ->
            pkcs8(decrypted(source, label, chars -> plain(content, chars)));
        default -> throw new NoSuchAlgorithmException("keys of this kind are not supported");
      };
    } catch (DerException malformed) {
      throw damaged(source, label, malformed);
    } catch (InvalidKeySpecException | IllegalBlockSizeException malformed) {
      throw damaged(source, label, malformed);
    } catch (GeneralSecurityException unusable) {
      throw source.error(
          ErrorCode.ERR_OSSL_UNSUPPORTED,
          label + " cannot be used: " + unusable.getMessage(),
          unusable);
    } catch (ConfigurationException refused) {
      throw refused;
    } catch (RuntimeException malformed) { // some providers throw these for bytes that are no key
      throw damaged(source, label, malformed);
    }
  }

  private static ConfigurationException damaged(Source source, String label, Exception cause) {
    return source.error(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA, label + " is damaged: " + Source.reason(cause), cause);
  }

  private PrivateKey pkcs8(byte[] der) throws DerException, GeneralSecurityException {
    DerReader info = new DerReader(der).enter(DerReader.SEQUENCE);
    info.integer();
    DerReader identifier = info.enter(DerReader.SEQUENCE);
    String oid = identifier.oid();
    String algorithm = ALGORITHMS.get(oid);
    if (algorithm == null) {
      throw new NoSuchAlgorithmException("key algorithm " + oid + " is not supported");
    }
    if (oid.equals(EC)) {
      requireCurve(identifier);
    }
    return jca.keyFactory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** Otherwise a curve that the provider lacks would look like a damaged key. */
  private void requireCurve(DerReader parameters) throws DerException, GeneralSecurityException {
    if (parameters.peek() == DerReader.SEQUENCE) {
      throw new NoSuchAlgorithmException(
          "it spells out its curve; only named curves are supported");
    }
    String curve = parameters.oid();
    try {
      jca.algorithmParameters("EC").init(new ECGenParameterSpec(curve));
    } catch (InvalidParameterSpecException unknown) {
      throw new NoSuchAlgorithmException("curve " + curve + " is not supported", unknown);
    }
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return DerWriter.value(
        DerReader.SEQUENCE, VERSION_0, algorithm, DerWriter.value(DerReader.OCTET_STRING, key));
  }

  private PrivateKey sec1(byte[] der) throws DerException, GeneralSecurityException {
    DerReader key = new DerReader(der).enter(DerReader.SEQUENCE);
    key.integer();
    key.octets();
    if (key.peek() != EC_PARAMETERS) {
      throw new DerException("it does not name its curve");
    }
    byte[] curve = key.next().rest();
    return pkcs8(wrapped(DerWriter.value(DerReader.SEQUENCE, EC_IDENTIFIER, curve), der));
  }

  /** Something that needs the passphrase. */
  private interface Decryption {
    byte[] run(char[] passphrase) throws DerException, GeneralSecurityException;
  }

  private byte[] decrypted(Source source, String label, Decryption decryption)
      throws DerException, GeneralSecurityException {
    Secret secret =
        passphrase.orElseThrow(
            () ->
                source.error(
                    ErrorCode.ERR_MISSING_PASSPHRASE, label + " is encrypted: set passphrase"));
    char[] chars = secret.chars();
    try {
      byte[] plain = decryption.run(chars);
      if (!isOneSequence(plain)) {
        throw wrong(source, label, null);
      }
      return plain;
    } catch (BadPaddingException wrong) {
      throw wrong(source, label, wrong);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  private static ConfigurationException wrong(
      Source source, String label, @Nullable Exception cause) {
    String message = label + ": the passphrase is wrong";
    return cause == null
        ? source.error(ErrorCode.ERR_OSSL_BAD_DECRYPT, message)
        : source.error(ErrorCode.ERR_OSSL_BAD_DECRYPT, message, cause);
  }

  /** A wrong passphrase gives a valid padding now and then, but never this. */
  private static boolean isOneSequence(byte[] plain) {
    try {
      DerReader reader = new DerReader(plain);
      reader.enter(DerReader.SEQUENCE);
      return reader.isEmpty();
    } catch (DerException random) {
      return false;
    }
  }

  private byte[] plain(byte[] der, char[] passphrase)
      throws DerException, GeneralSecurityException {
    DerReader info = new DerReader(der).enter(DerReader.SEQUENCE);
    DerReader algorithm = info.enter(DerReader.SEQUENCE);
    return new PasswordEncryption(jca).decrypt(algorithm, info.octets(), passphrase);
  }
}
