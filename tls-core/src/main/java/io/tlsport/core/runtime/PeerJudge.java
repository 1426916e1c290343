package io.tlsport.core.runtime;

import io.tlsport.AuthorizationError;
import io.tlsport.ClientAuth;
import io.tlsport.ErrorCode;
import io.tlsport.ServerIdentityCheck;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.engine.Judge;
import io.tlsport.core.engine.Verdict;
import io.tlsport.core.policy.verify.CertificateVerifier;
import io.tlsport.core.policy.verify.PeerCertificateReader;
import io.tlsport.core.policy.verify.Purpose;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The verdict on a peer: chain, then name; the same for full and for resumed handshakes. */
final class PeerJudge {
  private static final AuthorizationError NONE_SENT =
      new AuthorizationError(
          ErrorCode.ERR_TLS_PEER_CERTIFICATE_REQUIRED,
          "the peer was asked for a certificate and sent none",
          0);

  private PeerJudge() {}

  /** What a client thinks of its server. */
  static Judge ofServer(
      CertificateVerifier verifier, String host, ServerIdentityCheck check, boolean reject) {
    return negotiated -> {
      List<X509Certificate> chain = negotiated.peerChain();
      Optional<AuthorizationError> error =
          chain.isEmpty()
              ? Optional.of(NONE_SENT)
              : verifier.verify(chain, Purpose.SERVER).or(() -> named(check, host, chain));
      return verdict(error, reject);
    };
  }

  private static Optional<AuthorizationError> named(
      ServerIdentityCheck check, String host, List<X509Certificate> chain) {
    try {
      return check.check(host, PeerCertificateReader.read(chain));
    } catch (RuntimeException thrown) {
      throw Failures.ofCallback("checkServerIdentity", thrown);
    }
  }

  /** What a server thinks of its client. */
  static Judge ofClient(CertificateVerifier verifier, ClientAuth auth) {
    return negotiated -> {
      if (auth == ClientAuth.NONE) {
        return new Verdict(false, Optional.empty(), false);
      }
      List<X509Certificate> chain = negotiated.peerChain();
      Optional<AuthorizationError> error =
          chain.isEmpty() ? Optional.of(NONE_SENT) : verifier.verify(chain, Purpose.CLIENT);
      return verdict(error, auth == ClientAuth.REQUIRE);
    };
  }

  private static Verdict verdict(Optional<AuthorizationError> error, boolean reject) {
    return new Verdict(error.isEmpty(), error, reject && error.isPresent());
  }
}
