package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The integrity code of a PKCS#12 file: RFC 7292's own, or PBMAC1 (RFC 9579). */
final class PfxMac {
  private static final String PBMAC1 = "1.2.840.113549.1.5.14";

  private static final Map<String, String> DIGESTS =
      Map.of(
          "1.2.840.113549.2.5", "MD5",
          "1.3.14.3.2.26", "SHA-1",
          "2.16.840.1.101.3.4.2.4", "SHA-224",
          "2.16.840.1.101.3.4.2.1", "SHA-256",
          "2.16.840.1.101.3.4.2.2", "SHA-384",
          "2.16.840.1.101.3.4.2.3", "SHA-512",
          "2.16.840.1.101.3.4.2.5", "SHA-512/224",
          "2.16.840.1.101.3.4.2.6", "SHA-512/256");

  private final JcaServices jca;

  PfxMac(JcaServices jca) {
    this.jca = jca;
  }

  /**
   * True if the code fits, so that the password is the right one.
   *
   * @param data the content of MacData
   */
  boolean fits(DerReader data, byte[] content, Password password)
      throws DerException, GeneralSecurityException {
    DerReader info = data.enter(DerReader.SEQUENCE);
    DerReader algorithm = info.enter(DerReader.SEQUENCE);
    byte[] expected = info.octets();
    byte[] salt = data.octets();
    int iterations = data.isEmpty() ? 1 : Pbkdf2.sane(data.smallInteger());
    String oid = algorithm.oid();
    byte[] code =
        oid.equals(PBMAC1)
            ? pbmac1(algorithm.enter(DerReader.SEQUENCE), content, password)
            : classic(oid, salt, iterations, content, password);
    return MessageDigest.isEqual(code, expected);
  }

  private byte[] classic(String oid, byte[] salt, int iterations, byte[] content, Password password)
      throws GeneralSecurityException {
    String digest = DIGESTS.get(oid);
    if (digest == null) {
      throw new NoSuchAlgorithmException("its integrity code " + oid + " is not supported");
    }
    int size = jca.messageDigest(digest).getDigestLength();
    byte[] key =
        new Pkcs12Derivation(jca)
            .derive(digest, Pkcs12Derivation.MAC, password, salt, iterations, size);
    return code("Hmac" + digest.replace("SHA-", "SHA"), key, content);
  }

  private byte[] pbmac1(DerReader parameters, byte[] content, Password password)
      throws DerException, GeneralSecurityException {
    DerReader derivation = parameters.enter(DerReader.SEQUENCE);
    String hmac = Pbkdf2.hmac(parameters.enter(DerReader.SEQUENCE).oid());
    String kdf = derivation.oid();
    if (!kdf.equals(Pbkdf2.OID)) {
      throw new NoSuchAlgorithmException("its key derivation " + kdf + " is not supported");
    }
    byte[] key =
        new Pbkdf2(jca)
            .derive(derivation.enter(DerReader.SEQUENCE), jca.mac(hmac).getMacLength(), password);
    return code(hmac, key, content);
  }

  private byte[] code(String hmac, byte[] key, byte[] content) throws GeneralSecurityException {
    Mac mac = jca.mac(hmac);
    mac.init(new SecretKeySpec(key, hmac));
    Arrays.fill(key, (byte) 0);
    return mac.doFinal(content);
  }
}
