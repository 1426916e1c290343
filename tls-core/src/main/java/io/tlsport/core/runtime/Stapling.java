package io.tlsport.core.runtime;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.OcspResponder;
import io.tlsport.PeerCertificate;
import io.tlsport.spi.Identity;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Asks the application for the status of the certificate that a connection will show.
 *
 * @param responder the application
 */
record Stapling(OcspResponder responder) {
  /** With this, status and chain still fit the bounds that clients set to a handshake message. */
  private static final int LARGEST = 64 * 1024;

  /** The response to staple; empty for none. */
  CompletionStage<Optional<byte[]>> of(Identity identity, Optional<X509Certificate> issuer) {
    CompletionStage<Optional<byte[]>> asked =
        responder.respond(encoded(identity.certificate()), issuer.map(Stapling::encoded));
    if (asked == null) {
      throw new NullPointerException("no answer");
    }
    return asked.thenApply(Stapling::checked);
  }

  /**
   * Who issued the certificate that an identity shows; empty for itself.
   *
   * @param context whose trust is looked at, if it is not in the chain
   */
  static Optional<X509Certificate> issuer(Identity identity, DefaultSecureContext context) {
    PeerCertificate leaf = context.shown(identity.chain());
    return leaf.issuerCertificate()
        .map(PeerCertificate::raw)
        .filter(raw -> !Arrays.equals(raw, leaf.raw()))
        .flatMap(
            raw ->
                Stream.concat(identity.chain().stream(), context.trusted().stream())
                    .filter(known -> Arrays.equals(encoded(known), raw))
                    .findFirst());
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate that was read has no DER", impossible);
    }
  }

  private static Optional<byte[]> checked(Optional<byte[]> response) {
    response.ifPresent(
        bytes -> {
          if (bytes.length == 0 || bytes.length > LARGEST) {
            throw new ConfigurationException(
                ErrorCode.ERR_OUT_OF_RANGE,
                "an OCSP response must have 1 to "
                    + LARGEST
                    + " bytes, got "
                    + bytes.length
                    + ": answer with an empty Optional if there is none");
          }
        });
    return response;
  }
}
