package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** X.509 certificates and revocation lists from PEM, or from DER as it is. */
final class CertificateReader {
  private static final Set<String> CERTIFICATE =
      Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");
  private static final String CRL = "X509 CRL";
  private static final int SEQUENCE = 0x30;

  /** Some 400000 entries; each connection looks into it, and it stays in memory. */
  private static final int LONGEST_CRL = 16 * 1024 * 1024;

  private final JcaServices jca;

  CertificateReader(JcaServices jca) {
    this.jca = jca;
  }

  /** All certificates of an option; at least one. */
  List<X509Certificate> certificates(String option, Pem pem) {
    Source source = new Source(option, pem);
    List<X509Certificate> found = new ArrayList<>();
    for (byte[] der : contents(source, CERTIFICATE, "CERTIFICATE")) {
      found.add(certificate(source, der));
    }
    return found;
  }

  /** All revocation lists of an option; at least one. */
  List<X509CRL> crls(String option, Pem pem) {
    Source source = new Source(option, pem);
    List<X509CRL> found = new ArrayList<>();
    for (byte[] der : contents(source, Set.of(CRL), CRL)) {
      if (der.length > LONGEST_CRL) {
        throw source.error(
            ErrorCode.ERR_OUT_OF_RANGE,
            "a revocation list has "
                + der.length
                + " bytes, more than "
                + LONGEST_CRL
                + "; let the authority publish it in parts");
      }
      found.add(crl(source, der));
    }
    return found;
  }

  private static List<byte[]> contents(Source source, Set<String> labels, String wanted) {
    byte[] bytes = source.pem().bytes();
    if (bytes.length > 0 && bytes[0] == SEQUENCE) {
      return List.of(bytes);
    }
    List<byte[]> contents =
        PemReader.read(source.option(), source.pem()).stream()
            .filter(block -> labels.contains(block.label()))
            .map(PemBlock::content)
            .toList();
    if (contents.isEmpty()) {
      throw source.error(
          ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
          "no block BEGIN " + wanted + " in it; is it the right file?");
    }
    return contents;
  }

  private X509Certificate certificate(Source source, byte[] der) {
    try {
      return (X509Certificate)
          present(factory().generateCertificate(new ByteArrayInputStream(der)));
    } catch (GeneralSecurityException | RuntimeException malformed) {
      throw damaged(source, "a certificate", malformed);
    }
  }

  private X509CRL crl(Source source, byte[] der) {
    try {
      return (X509CRL) present(factory().generateCRL(new ByteArrayInputStream(der)));
    } catch (GeneralSecurityException | RuntimeException malformed) {
      throw damaged(source, "a revocation list", malformed);
    }
  }

  /** Some providers return nothing for bytes that are none. */
  private static <T> T present(@Nullable T read) throws GeneralSecurityException {
    if (read == null) {
      throw new GeneralSecurityException("there is none in these bytes");
    }
    return read;
  }

  private static ConfigurationException damaged(Source source, String what, Exception cause) {
    return source.error(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA, what + " is damaged: " + Source.reason(cause), cause);
  }

  private CertificateFactory factory() throws GeneralSecurityException {
    return jca.certificateFactory("X.509");
  }
}
