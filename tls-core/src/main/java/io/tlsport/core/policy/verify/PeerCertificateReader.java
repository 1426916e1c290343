package io.tlsport.core.policy.verify;

import io.tlsport.DistinguishedName;
import io.tlsport.PeerCertificate;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A certificate in the seed's shape: what {@code getPeerCertificate()} returns. */
public final class PeerCertificateReader {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH);
  private static final HexFormat FINGERPRINT = HexFormat.ofDelimiter(":").withUpperCase();

  private PeerCertificateReader() {}

  /** The shape of the first certificate of a chain that is not empty. */
  public static PeerCertificate read(List<X509Certificate> chain) {
    return new Shape(List.copyOf(chain));
  }

  private record Shape(List<X509Certificate> chain) implements PeerCertificate {
    @Override
    public DistinguishedName subject() {
      return DistinguishedNameReader.read(x509().getSubjectX500Principal().getEncoded());
    }

    @Override
    public DistinguishedName issuer() {
      return DistinguishedNameReader.read(x509().getIssuerX500Principal().getEncoded());
    }

    @Override
    public String validFrom() {
      return date(x509().getNotBefore().toInstant());
    }

    @Override
    public String validTo() {
      return date(x509().getNotAfter().toInstant());
    }

    private static String date(Instant instant) {
      return DATE.format(ZonedDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    @Override
    public String fingerprint() {
      return fingerprint("SHA-1");
    }

    @Override
    public String fingerprint256() {
      return fingerprint("SHA-256");
    }

    /** An identifier and no proof: the JVM's own digest will do, under FIPS as well. */
    private String fingerprint(String algorithm) {
      try {
        byte[] digest = MessageDigest.getInstance(algorithm).digest(x509().getEncoded());
        return FINGERPRINT.formatHex(digest);
      } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public String serialNumber() {
      String hex = x509().getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
      return hex.length() % 2 == 0 ? hex : "0" + hex;
    }

    @Override
    public Optional<String> subjectaltname() {
      return AltNames.text(x509());
    }
  }
}
