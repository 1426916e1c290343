package io.tlsport.core.policy.ocsp;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.core.policy.der.DerWriter;
import io.tlsport.spi.JcaServices;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What is written to a responder, and what of its answer is not for the JDK to read. */
final class StatusBytes {
  private static final int EXPLICIT_0 = 0xa0;
  private static final int ENUMERATED = 0x0a;
  private static final int GENERALIZED_TIME = 0x18;
  private static final Duration WITHOUT_AN_END = Duration.ofHours(1);

  /** AlgorithmIdentifier of SHA-1, by which every responder finds certificates. */
  private static final byte[] SHA_1 = {
    0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00
  };

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);

  private StatusBytes() {}

  /** An OCSPRequest (RFC 6960 section 4.1.1) about one certificate, without extensions. */
  static byte[] request(JcaServices jca, X509Certificate certificate, X509Certificate issuer)
      throws GeneralSecurityException, DerException {
    MessageDigest digest = jca.messageDigest("SHA-1");
    DerReader key = new DerReader(issuer.getPublicKey().getEncoded()).enter(DerReader.SEQUENCE);
    key.next();
    byte[] id =
        DerWriter.value(
            DerReader.SEQUENCE,
            SHA_1,
            DerWriter.value(
                DerReader.OCTET_STRING,
                digest.digest(issuer.getSubjectX500Principal().getEncoded())),
            DerWriter.value(DerReader.OCTET_STRING, digest.digest(key.bits())),
            DerWriter.value(DerReader.INTEGER, certificate.getSerialNumber().toByteArray()));
    byte[] request = id;
    // CertID, Request, requestList, TBSRequest, OCSPRequest
    for (int depth = 0; depth < 4; depth++) {
      request = DerWriter.value(DerReader.SEQUENCE, request);
    }
    return request;
  }

  /** How long what a response says of that certificate holds. */
  static KnownStatus times(byte[] response, BigInteger serial, Instant now) throws DerException {
    DerReader whole = new DerReader(response).enter(DerReader.SEQUENCE);
    int status = whole.enter(ENUMERATED).rest()[0];
    if (status != 0) {
      throw new DerException("the responder answers with status " + status);
    }
    DerReader bytes = whole.enter(EXPLICIT_0).enter(DerReader.SEQUENCE);
    bytes.oid();
    DerReader data =
        new DerReader(bytes.octets()).enter(DerReader.SEQUENCE).enter(DerReader.SEQUENCE);
    if (data.peek() == EXPLICIT_0) {
      data.next();
    }
    data.next();
    data.enter(GENERALIZED_TIME);
    DerReader all = data.enter(DerReader.SEQUENCE);
    while (!all.isEmpty()) {
      DerReader single = all.enter(DerReader.SEQUENCE);
      DerReader id = single.enter(DerReader.SEQUENCE);
      id.next();
      id.next();
      id.next();
      boolean wanted = id.integer().equals(serial);
      single.next();
      Instant from = time(single.enter(GENERALIZED_TIME));
      if (wanted) {
        return new KnownStatus(
            response.clone(),
            from,
            single.peek() == EXPLICIT_0
                ? time(single.enter(EXPLICIT_0).enter(GENERALIZED_TIME))
                : now.plus(WITHOUT_AN_END));
      }
    }
    throw new DerException("it is about another certificate");
  }

  private static Instant time(DerReader content) throws DerException {
    try {
      return LocalDateTime.parse(new String(content.rest(), StandardCharsets.US_ASCII), TIME)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException malformed) {
      throw new DerException("a time is no GeneralizedTime");
    }
  }
}
