package io.tlsport.core.runtime;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.OcspResponder;
import io.tlsport.PeerCertificate;
import io.tlsport.core.policy.verify.PeerCertificateReader;
import io.tlsport.spi.Identity;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Asks the application for the status of the certificate that a connection will show.
 *
 * @param responder the application
 */
record Stapling(OcspResponder responder) {
  /** With this, status and chain still fit the bounds that clients set to a handshake message. */
  private static final int LARGEST = 64 * 1024;

  /**
   * The response to staple; empty for none.
   *
   * @param trusted where the issuer is looked for, if it is not in the chain
   */
  CompletionStage<Optional<byte[]>> of(Identity identity, List<X509Certificate> trusted) {
    PeerCertificate leaf = PeerCertificateReader.read(identity.chain(), trusted);
    Optional<byte[]> issuer =
        leaf.issuerCertificate()
            .map(PeerCertificate::raw)
            .filter(raw -> !Arrays.equals(raw, leaf.raw()));
    CompletionStage<Optional<byte[]>> asked = responder.respond(leaf.raw(), issuer);
    if (asked == null) {
      throw new NullPointerException("no answer");
    }
    return asked.thenApply(Stapling::checked);
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
