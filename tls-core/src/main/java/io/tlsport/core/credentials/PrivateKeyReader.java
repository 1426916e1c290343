package io.tlsport.core.credentials;

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
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.BadPaddingException;

/** Private keys: PKCS#8 (RFC 5958), plain or encrypted, PKCS#1 (RFC 8017), SEC 1 (RFC 5915). */
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
    if (block.headers().containsKey("DEK-Info")) {
      throw source.error(
          ErrorCode.ERR_OSSL_UNSUPPORTED,
          block.label()
              + " is encrypted in the traditional form; convert it with"
              + " openssl pkcs8 -topk8 -in KEY -out KEY.pem");
    }
    try {
      return switch (block.label()) {
        case "PRIVATE KEY" -> pkcs8(block.content());
        case "RSA PRIVATE KEY" -> pkcs8(wrapped(RSA_IDENTIFIER, block.content()));
        case "EC PRIVATE KEY" -> sec1(block.content());
        case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypted(source, block.content()));
        default ->
            throw source.error(
                ErrorCode.ERR_OSSL_UNSUPPORTED,
                "private keys of the kind " + block.label() + " are not supported");
      };
    } catch (DerException malformed) {
      throw source.error(
          ErrorCode.ERR_OSSL_PEM_BAD_DATA,
          block.label() + " is damaged: " + malformed.getMessage(),
          malformed);
    } catch (GeneralSecurityException unusable) {
      throw source.error(
          ErrorCode.ERR_OSSL_UNSUPPORTED,
          block.label() + " cannot be used: " + unusable.getMessage(),
          unusable);
    }
  }

  private PrivateKey pkcs8(byte[] der) throws DerException, GeneralSecurityException {
    DerReader info = new DerReader(der).enter(DerReader.SEQUENCE);
    info.integer();
    String oid = info.enter(DerReader.SEQUENCE).oid();
    String algorithm = ALGORITHMS.get(oid);
    if (algorithm == null) {
      throw new NoSuchAlgorithmException("key algorithm " + oid + " is not supported");
    }
    return jca.keyFactory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
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

  private byte[] decrypted(Source source, byte[] der)
      throws DerException, GeneralSecurityException {
    Secret secret =
        passphrase.orElseThrow(
            () ->
                source.error(
                    ErrorCode.ERR_MISSING_PASSPHRASE, "the key is encrypted: set passphrase"));
    DerReader info = new DerReader(der).enter(DerReader.SEQUENCE);
    DerReader algorithm = info.enter(DerReader.SEQUENCE);
    byte[] encrypted = info.octets();
    String oid = algorithm.oid();
    if (!oid.equals(Pbes2.OID)) {
      throw new NoSuchAlgorithmException(
          "its encryption " + oid + " is not supported; convert it with openssl pkcs8 -topk8");
    }
    char[] chars = secret.chars();
    try {
      byte[] plain = new Pbes2(jca).decrypt(algorithm.enter(DerReader.SEQUENCE), encrypted, chars);
      // A wrong passphrase gives, now and then, a valid padding: then this is no SEQUENCE.
      new DerReader(plain).enter(DerReader.SEQUENCE);
      return plain;
    } catch (BadPaddingException wrong) {
      throw source.error(ErrorCode.ERR_OSSL_BAD_DECRYPT, "the passphrase is wrong", wrong);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }
}
