package io.tlsport.testpki;

import io.tlsport.Pem;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Makes lists of revoked certificates (RFC 5280 section 5), signed with EC keys. */
final class CrlMaker {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int LONG_LENGTH = 0x80;

  /** ecdsa-with-SHA256. */
  private static final byte[] ALGORITHM =
      der(SEQUENCE, new byte[] {0x06, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2});

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private CrlMaker() {}

  /** A list that holds as long as the certificate of who signs it. */
  static Pem make(TestIdentity issuer, List<TestIdentity> revoked) {
    X509Certificate authority = issuer.x509();
    byte[] since = time(authority.getNotBefore().toInstant());
    byte[] entries =
        join(
            revoked.stream()
                .map(identity -> identity.x509().getSerialNumber())
                .map(serial -> der(SEQUENCE, integer(serial), since))
                .toArray(byte[][]::new));
    byte[] list =
        der(
            SEQUENCE,
            integer(BigInteger.ONE),
            ALGORITHM,
            authority.getSubjectX500Principal().getEncoded(),
            since,
            time(authority.getNotAfter().toInstant()),
            revoked.isEmpty() ? entries : der(SEQUENCE, entries));
    return TestIdentity.pem(
        "X509 CRL",
        der(SEQUENCE, list, ALGORITHM, der(BIT_STRING, new byte[1], sign(issuer, list))));
  }

  private static byte[] sign(TestIdentity issuer, byte[] list) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuer.privateKey());
      signature.update(list);
      return signature.sign();
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("only authorities with EC keys sign lists", refused);
    }
  }

  private static byte[] integer(BigInteger value) {
    return der(INTEGER, value.toByteArray());
  }

  private static byte[] time(Instant when) {
    return der(UTC_TIME, TIME.format(when).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] der(int tag, byte[]... parts) {
    byte[] content = join(parts);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < LONG_LENGTH) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int skip = length[0] == 0 ? 1 : 0;
      out.write(LONG_LENGTH + length.length - skip);
      out.write(length, skip, length.length - skip);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
