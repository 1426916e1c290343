package io.tlsport.testpki;

import io.tlsport.Pem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Makes signed OCSP responses (RFC 6960) to one certificate, right ones and wrong ones. */
public final class TestOcsp {
  private static final int SEQUENCE = 0x30;
  private static final int EXPLICIT_0 = 0xa0;
  private static final int EXPLICIT_1 = 0xa1;
  private static final int OCTETS = 0x04;
  private static final int BITS = 0x03;
  private static final int TIME = 0x18;
  private static final byte[] GOOD = {(byte) 0x80, 0};
  private static final byte[] UNKNOWN = {(byte) 0x82, 0};
  private static final byte[] SHA_1 = hex("300906052b0e03021a0500");
  private static final byte[] ECDSA_SHA_256 = hex("300a06082a8648ce3d040302");
  private static final byte[] RSA_SHA_256 = hex("300d06092a864886f70d01010b0500");
  private static final byte[] BASIC_RESPONSE = hex("06092b0601050507300101");
  private static final byte[] NOBODYS_EXTENSION = hex("06032a0304");
  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final TestIdentity issuer;
  private final X509Certificate certificate;
  private TestIdentity signer;
  private byte[] status = GOOD;
  private Instant thisUpdate;
  private Instant nextUpdate;
  private int padding;

  private TestOcsp(TestAuthority issuer, TestIdentity about, Instant now) {
    this.issuer = issuer.identity();
    this.signer = issuer.identity();
    this.certificate = about.x509();
    this.thisUpdate = now.minusSeconds(60);
    this.nextUpdate = now.plusSeconds(3600);
  }

  /** That the certificate is good, for an hour from then on. */
  public static TestOcsp good(TestAuthority issuer, TestIdentity about, Instant now) {
    return new TestOcsp(issuer, about, now);
  }

  /** That it was revoked at that time. */
  public TestOcsp revoked(Instant when) {
    status = tagged(EXPLICIT_1, tagged(TIME, time(when)));
    return this;
  }

  /** That the responder does not know it. */
  public TestOcsp unknown() {
    status = UNKNOWN;
    return this;
  }

  /** When it was said, and until when it holds. */
  public TestOcsp valid(Instant from, Instant to) {
    thisUpdate = from;
    nextUpdate = to;
    return this;
  }

  /** Signed by another than the issuer, whose certificate comes along. */
  public TestOcsp signedBy(TestIdentity other) {
    signer = other;
    return this;
  }

  /** With an extension of so many bytes that means nothing. */
  public TestOcsp padded(int bytes) {
    padding = bytes;
    return this;
  }

  /** The whole OCSPResponse. */
  public byte[] der() {
    try {
      byte[] data =
          tagged(
              SEQUENCE,
              tagged(EXPLICIT_1, signer.x509().getSubjectX500Principal().getEncoded()),
              tagged(TIME, time(thisUpdate)),
              tagged(SEQUENCE, single()),
              padding == 0 ? new byte[0] : tagged(EXPLICIT_1, tagged(SEQUENCE, extension())));
      boolean rsa = signer.spec().key() == KeyKind.RSA_2048;
      Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initSign(key(rsa));
      signature.update(data);
      byte[] basic =
          tagged(
              SEQUENCE,
              data,
              rsa ? RSA_SHA_256 : ECDSA_SHA_256,
              tagged(BITS, new byte[1], signature.sign()),
              tagged(EXPLICIT_0, tagged(SEQUENCE, signer.der())));
      byte[] successful = {0x0a, 0x01, 0x00};
      return tagged(
          SEQUENCE,
          successful,
          tagged(EXPLICIT_0, tagged(SEQUENCE, BASIC_RESPONSE, tagged(OCTETS, basic))));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("no OCSP response can be made", impossible);
    }
  }

  private byte[] single() throws GeneralSecurityException {
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    byte[] id =
        tagged(
            SEQUENCE,
            SHA_1,
            tagged(OCTETS, sha1.digest(issuer.x509().getSubjectX500Principal().getEncoded())),
            tagged(OCTETS, sha1.digest(bitsOf(issuer.x509().getPublicKey().getEncoded()))),
            tagged(0x02, certificate.getSerialNumber().toByteArray()));
    return tagged(
        SEQUENCE,
        id,
        status,
        tagged(TIME, time(thisUpdate)),
        tagged(EXPLICIT_0, tagged(TIME, time(nextUpdate))));
  }

  private byte[] extension() {
    return tagged(SEQUENCE, NOBODYS_EXTENSION, tagged(OCTETS, tagged(OCTETS, new byte[padding])));
  }

  private PrivateKey key(boolean rsa) throws GeneralSecurityException {
    Pem pem = signer.key();
    String text = new String(pem.bytes(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance(rsa ? "RSA" : "EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** What of a SubjectPublicKeyInfo is the key: all keys here have an algorithm of short form. */
  private static byte[] bitsOf(byte[] info) {
    int algorithm = info[1] < 0 ? 2 + (info[1] & 0x7f) : 2;
    int bits = algorithm + 2 + info[algorithm + 1];
    int content = info[bits + 1] < 0 ? bits + 2 + (info[bits + 1] & 0x7f) : bits + 2;
    return Arrays.copyOfRange(info, content + 1, info.length);
  }

  private static byte[] time(Instant when) {
    return GENERALIZED.format(when).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    if (length >= 0x100) {
      all.write(0x82);
      all.write(length >> 8);
    } else if (length >= 0x80) {
      all.write(0x81);
    }
    all.write(length);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
