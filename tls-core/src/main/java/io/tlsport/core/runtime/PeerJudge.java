package io.tlsport.core.runtime;

import io.tlsport.AuthorizationError;
import io.tlsport.ClientAuth;
import io.tlsport.ErrorCode;
import io.tlsport.PeerCertificate;
import io.tlsport.ServerIdentityCheck;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.engine.Judge;
import io.tlsport.core.engine.Verdict;
import io.tlsport.core.policy.verify.CertificateAlert;
import io.tlsport.core.policy.verify.CertificateVerifier;
import io.tlsport.core.policy.verify.Legible;
import io.tlsport.core.policy.verify.Purpose;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The verdict on a peer: chain, then name; the same for full and for resumed handshakes. */
final class PeerJudge {
  /** Node says the same where it goes on, and OpenSSL the other where it does not. */
  private static final AuthorizationError NONE_SENT = noneSent(ErrorCode.UNABLE_TO_GET_ISSUER_CERT);

  private static final AuthorizationError NONE_RETURNED =
      noneSent(ErrorCode.ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE);

  private PeerJudge() {}

  private static AuthorizationError noneSent(ErrorCode code) {
    return new AuthorizationError(code, "peer did not return a certificate", 0);
  }

  private static AuthorizationError noneSent(boolean reject) {
    return reject ? NONE_RETURNED : NONE_SENT;
  }

  /** What a client thinks of its server. */
  static Judge ofServer(
      DefaultSecureContext context, String host, ServerIdentityCheck check, boolean reject) {
    CertificateVerifier verifier = context.verifier();
    return chain -> {
      Legible.require(chain);
      Optional<AuthorizationError> error =
          chain.isEmpty()
              ? Optional.of(noneSent(reject))
              : verifier.verify(chain, Purpose.SERVER).or(() -> named(context, check, host, chain));
      return verdict(context, chain, error, reject);
    };
  }

  private static Optional<AuthorizationError> named(
      DefaultSecureContext context,
      ServerIdentityCheck check,
      String host,
      List<X509Certificate> chain) {
    try {
      return check.check(host, context.shown(chain, List.of()));
    } catch (RuntimeException thrown) {
      throw Failures.ofCallback("checkServerIdentity", thrown);
    }
  }

  /** What a server thinks of its client. */
  static Judge ofClient(DefaultSecureContext context, ClientAuth auth) {
    boolean reject = auth == ClientAuth.REQUIRE;
    return chain -> {
      if (auth == ClientAuth.NONE) {
        return Verdict.notAsked();
      }
      Legible.require(chain);
      Optional<AuthorizationError> error =
          chain.isEmpty()
              ? Optional.of(noneSent(reject))
              : context.verifier().verify(chain, Purpose.CLIENT);
      return verdict(context, chain, error, reject);
    };
  }

  private static Verdict verdict(
      DefaultSecureContext context,
      List<X509Certificate> chain,
      Optional<AuthorizationError> error,
      boolean reject) {
    return error
        .map(
            why ->
                Verdict.untrusted(
                    why, reject, CertificateAlert.of(why.code()), refused(context, chain, reject)))
        .orElseGet(Verdict::trusted);
  }

  private static Optional<PeerCertificate> refused(
      DefaultSecureContext context, List<X509Certificate> chain, boolean reject) {
    return reject && !chain.isEmpty() ? Optional.of(context.shown(chain)) : Optional.empty();
  }
}
