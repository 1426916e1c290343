package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
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
  private static final String TRUSTED = "TRUSTED CERTIFICATE";
  private static final Set<String> CERTIFICATE = Set.of("CERTIFICATE", "X509 CERTIFICATE", TRUSTED);
  private static final String CRL = "X509 CRL";

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
    for (PemBlock block : blocks(source, CERTIFICATE, "CERTIFICATE")) {
      found.add(certificate(source, block));
    }
    return found;
  }

  /** All revocation lists of an option; at least one. */
  List<X509CRL> crls(String option, Pem pem) {
    Source source = new Source(option, pem);
    List<X509CRL> found = new ArrayList<>();
    for (PemBlock block : blocks(source, Set.of(CRL), CRL)) {
      if (block.content().length > LONGEST_CRL) {
        throw source.error(
            ErrorCode.ERR_OUT_OF_RANGE,
            "a revocation list has "
                + block.content().length
                + " bytes, more than "
                + LONGEST_CRL
                + "; let the authority publish it in parts");
      }
      found.add(crl(source, block));
    }
    return found;
  }

  private static List<PemBlock> blocks(Source source, Set<String> labels, String wanted) {
    if (source.isDer()) {
      return List.of(PemBlock.ofDer(wanted, source.pem().bytes()));
    }
    List<PemBlock> blocks =
        PemReader.read(source.option(), source.pem()).stream()
            .filter(block -> labels.contains(block.label()))
            .toList();
    if (blocks.isEmpty()) {
      throw source.error(
          ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
          "no block BEGIN " + wanted + " in it; is it the right file?");
    }
    return blocks;
  }

  /** The certificate without OpenSSL's settings behind it, which must not take trust away. */
  private static byte[] untied(Source source, PemBlock block) throws DerException {
    DerReader reader = new DerReader(block.content());
    byte[] certificate = reader.raw();
    if (!TrustSettings.allowEveryPurpose(reader)) {
      throw source.error(
          ErrorCode.ERR_OSSL_UNSUPPORTED,
          block
              + " is trusted for some purposes only, which is not supported; write it without"
              + " these settings: openssl x509 -clrtrust -clrreject");
    }
    return certificate;
  }

  private X509Certificate certificate(Source source, PemBlock block) {
    try {
      byte[] der = block.label().equals(TRUSTED) ? untied(source, block) : block.content();
      return (X509Certificate)
          present(factory().generateCertificate(new ByteArrayInputStream(der)));
    } catch (ConfigurationException refused) {
      throw refused;
    } catch (DerException | GeneralSecurityException | RuntimeException malformed) {
      throw damaged(source, block, malformed);
    }
  }

  private X509CRL crl(Source source, PemBlock block) {
    try {
      return (X509CRL) present(factory().generateCRL(new ByteArrayInputStream(block.content())));
    } catch (GeneralSecurityException | RuntimeException malformed) {
      throw damaged(source, block, malformed);
    }
  }

  /** Some providers return nothing for bytes that are none. */
  private static <T> T present(@Nullable T read) throws GeneralSecurityException {
    if (read == null) {
      throw new GeneralSecurityException("there is none in these bytes");
    }
    return read;
  }

  private static ConfigurationException damaged(Source source, PemBlock block, Exception cause) {
    return source.error(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA, block + " is damaged: " + Source.reason(cause), cause);
  }

  private CertificateFactory factory() throws GeneralSecurityException {
    return jca.certificateFactory("X.509");
  }
}
