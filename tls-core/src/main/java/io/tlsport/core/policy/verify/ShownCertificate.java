package io.tlsport.core.policy.verify;

import io.tlsport.DistinguishedName;
import io.tlsport.PeerCertificate;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.spi.JcaServices;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A certificate in Node's formats, computed when asked.
 *
 * @param chain this certificate, and those that came with it
 * @param authorities where issuers are looked for after those
 * @param jca computes fingerprints
 */
record ShownCertificate(
    List<X509Certificate> chain, List<X509Certificate> authorities, JcaServices jca)
    implements PeerCertificate {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH);
  private static final HexFormat FINGERPRINT = HexFormat.ofDelimiter(":").withUpperCase();
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final int KEY_CERT_SIGN = 5;

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

  @Override
  public String fingerprint512() {
    return fingerprint("SHA-512");
  }

  private String fingerprint(String algorithm) {
    try {
      return FINGERPRINT.formatHex(jca.messageDigest(algorithm).digest(raw()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String serialNumber() {
    BigInteger number = x509().getSerialNumber();
    String digits = number.abs().toString(16).toUpperCase(Locale.ROOT);
    String whole = digits.length() % 2 == 0 || digits.equals("0") ? digits : "0" + digits;
    return number.signum() < 0 ? "-" + whole : whole;
  }

  @Override
  public Optional<String> subjectaltname() {
    return AltNames.text(x509());
  }

  @Override
  public Map<String, List<String>> infoAccess() {
    return InfoAccess.of(x509());
  }

  @Override
  public List<String> extKeyUsage() {
    byte[] extension = x509().getExtensionValue(EXTENDED_KEY_USAGE);
    List<String> purposes = new ArrayList<>();
    if (extension == null) {
      return purposes;
    }
    try {
      DerReader sequence =
          new DerReader(new DerReader(extension).octets()).enter(DerReader.SEQUENCE);
      while (!sequence.isEmpty()) {
        purposes.add(sequence.oid());
      }
    } catch (DerException malformed) {
      return List.of();
    }
    return List.copyOf(purposes);
  }

  @Override
  public boolean ca() {
    return x509().getBasicConstraints() >= 0 && mayIssue(x509());
  }

  private static boolean mayIssue(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return usage == null || usage[KEY_CERT_SIGN];
  }

  private Optional<PublicKeyReader.Shown> key() {
    return PublicKeyReader.read(x509());
  }

  private Optional<PublicKeyReader.Rsa> rsa() {
    return key()
        .flatMap(
            key -> key instanceof PublicKeyReader.Rsa rsa ? Optional.of(rsa) : Optional.empty());
  }

  private Optional<ObjectNames.Curve> curve() {
    return key()
        .flatMap(key -> key instanceof PublicKeyReader.Ec ec ? ec.curve() : Optional.empty());
  }

  @Override
  public Optional<byte[]> pubkey() {
    return key().map(PublicKeyReader.Shown::shown);
  }

  @Override
  public OptionalInt bits() {
    return key().map(key -> OptionalInt.of(key.bits())).orElse(OptionalInt.empty());
  }

  @Override
  public Optional<String> modulus() {
    return rsa().map(key -> key.modulus().toString(16).toUpperCase(Locale.ROOT));
  }

  @Override
  public Optional<String> exponent() {
    return rsa().map(key -> "0x" + key.exponent().toString(16));
  }

  @Override
  public Optional<String> asn1Curve() {
    return curve().map(ObjectNames.Curve::name);
  }

  @Override
  public Optional<String> nistCurve() {
    return curve().flatMap(ObjectNames.Curve::nistName);
  }

  @Override
  public byte[] raw() {
    try {
      return x509().getEncoded().clone();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible); // it was read from bytes
    }
  }

  @Override
  public Optional<PeerCertificate> issuerCertificate() {
    if (issued(x509(), x509())) {
      return Optional.of(this);
    }
    return issuerFirst(chain.subList(1, chain.size()))
        .map(others -> new ShownCertificate(others, authorities, jca))
        .or(
            () ->
                issuerFirst(authorities)
                    .map(
                        others ->
                            new ShownCertificate(
                                others.subList(0, 1), others.subList(1, others.size()), jca)))
        .map(PeerCertificate.class::cast);
  }

  /** The issuer first, then the others; none is met twice, so that following issuers ends. */
  private Optional<List<X509Certificate>> issuerFirst(List<X509Certificate> candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      if (issued(x509(), candidates.get(i))) {
        List<X509Certificate> others = new ArrayList<>(candidates);
        others.add(0, others.remove(i));
        return Optional.of(List.copyOf(others));
      }
    }
    return Optional.empty();
  }

  private static boolean issued(X509Certificate certificate, X509Certificate issuer) {
    return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
        && KeyIdentifiers.fit(certificate, issuer)
        && mayIssue(issuer);
  }

  /** Whom it is for: a chain in full is for no log. */
  @Override
  public String toString() {
    return "PeerCertificate[" + subject() + "]";
  }
}
