package io.tlsport.core.policy.hint;

import io.tlsport.HandshakeException;
import io.tlsport.PeerCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a person can do about a failed handshake, as far as that can be told from here. */
public final class Hints {
  private static final int CERTIFICATE_UNKNOWN = 46;
  private static final int UNKNOWN_CA = 48;
  private static final int PROTOCOL_VERSION = 70;
  private static final int UNRECOGNIZED_NAME = 112;
  private static final int CERTIFICATE_REQUIRED = 116;

  private Hints() {}

  /**
   * A sentence for that failure.
   *
   * @param server we are the server
   */
  public static Optional<String> of(HandshakeException failure, boolean server) {
    Optional<String> ofPeer = failure.peerCertificate().flatMap(peer -> ofPeer(failure, peer));
    return ofPeer.or(() -> ofAlert(failure.facts().alertReceived(), server));
  }

  private static Optional<String> ofPeer(HandshakeException failure, PeerCertificate peer) {
    List<X509Certificate> chain = peer.chain();
    X509Certificate last = chain.get(chain.size() - 1);
    return switch (failure.code()) {
      case UNABLE_TO_VERIFY_LEAF_SIGNATURE,
          UNABLE_TO_GET_ISSUER_CERT,
          UNABLE_TO_GET_ISSUER_CERT_LOCALLY ->
          MissingIssuer.of(chain)
              .map(
                  missing ->
                      missing.sentence()
                          + ". The peer should send its whole chain; or give what is missing as"
                          + " ca");
      case DEPTH_ZERO_SELF_SIGNED_CERT ->
          Optional.of(
              "the peer signed its certificate itself: give it as ca if its SHA-256 is right: "
                  + peer.fingerprint256());
      case SELF_SIGNED_CERT_IN_CHAIN ->
          Optional.of(
              "the root "
                  + last.getSubjectX500Principal().getName()
                  + " is not trusted here: give it as ca if you trust it");
      case CERT_HAS_EXPIRED ->
          Optional.of(
              "it is valid until "
                  + peer.validTo()
                  + ": the peer has to renew it, unless this machine's clock is wrong");
      case CERT_NOT_YET_VALID ->
          Optional.of("it is valid from " + peer.validFrom() + ": is this machine's clock right?");
      case ERR_TLS_CERT_ALTNAME_INVALID ->
          Optional.of(
              "the certificate is for "
                  + peer.subjectaltname().orElse("no host at all")
                  + ": give the right host or servername");
      default -> Optional.empty();
    };
  }

  private static Optional<String> ofAlert(OptionalInt alert, boolean server) {
    if (alert.isEmpty()) {
      return Optional.empty();
    }
    return switch (alert.getAsInt()) {
      case UNKNOWN_CA, CERTIFICATE_UNKNOWN ->
          Optional.of(
              "the peer does not trust our certificate: send its whole chain in cert, or have the"
                  + " peer trust its root");
      case PROTOCOL_VERSION ->
          Optional.of("the peer has none of our versions: widen minVersion or maxVersion");
      case UNRECOGNIZED_NAME ->
          Optional.of("the peer has no certificate for that host: give another servername");
      case CERTIFICATE_REQUIRED ->
          server
              ? Optional.empty()
              : Optional.of("the server wants a certificate of the client: give key and cert");
      default -> Optional.empty();
    };
  }
}
