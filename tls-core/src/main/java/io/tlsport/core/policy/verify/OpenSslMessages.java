package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;

/** OpenSSL's sentences for its verdicts, which users search for. */
final class OpenSslMessages {
  private OpenSslMessages() {}

  static AuthorizationError error(ErrorCode code, int depth) {
    return error(code, depth, "");
  }

  /** With something after the sentence. */
  static AuthorizationError error(ErrorCode code, int depth, String detail) {
    return new AuthorizationError(code, sentence(code) + detail, depth);
  }

  private static String sentence(ErrorCode code) {
    return switch (code) {
      case UNABLE_TO_GET_ISSUER_CERT -> "unable to get issuer certificate";
      case UNABLE_TO_GET_CRL -> "unable to get certificate CRL";
      case CERT_SIGNATURE_FAILURE -> "certificate signature failure";
      case CRL_SIGNATURE_FAILURE -> "CRL signature failure";
      case CERT_NOT_YET_VALID -> "certificate is not yet valid";
      case CERT_HAS_EXPIRED -> "certificate has expired";
      case CRL_NOT_YET_VALID -> "CRL is not yet valid";
      case CRL_HAS_EXPIRED -> "CRL has expired";
      case DEPTH_ZERO_SELF_SIGNED_CERT -> "self-signed certificate";
      case SELF_SIGNED_CERT_IN_CHAIN -> "self-signed certificate in certificate chain";
      case UNABLE_TO_GET_ISSUER_CERT_LOCALLY -> "unable to get local issuer certificate";
      case UNABLE_TO_VERIFY_LEAF_SIGNATURE -> "unable to verify the first certificate";
      case CERT_CHAIN_TOO_LONG -> "certificate chain too long";
      case CERT_REJECTED -> "certificate rejected";
      case CERT_REVOKED -> "certificate revoked";
      case INVALID_CA -> "invalid CA certificate";
      case PATH_LENGTH_EXCEEDED -> "path length constraint exceeded";
      case INVALID_PURPOSE -> "unsuitable certificate purpose";
      case UNHANDLED_CRITICAL_EXTENSION -> "unhandled critical extension";
      case UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY -> "a public key has more than 8192 bits";
      case EE_KEY_TOO_SMALL -> "EE certificate key too weak";
      case CA_KEY_TOO_SMALL -> "CA certificate key too weak";
      case CA_MD_TOO_WEAK -> "CA signature digest algorithm too weak";
      case ERR_TLS_VERIFY_TIMEOUT -> "the certificates took more than 2 s to judge";
      case PERMITTED_VIOLATION -> "permitted subtree violation";
      case EXCLUDED_VIOLATION -> "excluded subtree violation";
      default -> code.code();
    };
  }
}
