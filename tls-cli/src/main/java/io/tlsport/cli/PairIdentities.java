package io.tlsport.cli;

import io.tlsport.Pem;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/**
 * A server and a client of one kind of key, and who signed them.
 *
 * @param authority whom both trust
 * @param server the server, {@code localhost}
 * @param client the client
 */
record PairIdentities(Credential authority, Credential server, Credential client) {
  private static final Duration VALID = Duration.ofDays(1);

  /** Made for this run. */
  static PairIdentities make(CertificateMaker maker, KeyType type) throws GeneralSecurityException {
    Credential authority = maker.authority(KeyType.EC, VALID);
    return new PairIdentities(
        authority,
        maker.signedBy(
            authority, new CertificateMaker.Wish(type, List.of("localhost"), false, VALID)),
        maker.signedBy(authority, new CertificateMaker.Wish(type, List.of("client"), true, VALID)));
  }

  Pem ca() {
    return Pem.of(authority.certificatePem());
  }

  Pem serverKey() {
    return Pem.of(server.keyPem());
  }

  Pem serverCertificate() {
    return Pem.of(server.certificatePem());
  }

  Pem clientKey() {
    return Pem.of(client.keyPem());
  }

  Pem clientCertificate() {
    return Pem.of(client.certificatePem());
  }
}
