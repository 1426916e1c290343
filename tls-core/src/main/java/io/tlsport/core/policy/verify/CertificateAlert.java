package io.tlsport.core.policy.verify;

import io.tlsport.ErrorCode;

/** The alert of RFC 8446 section 6.2 for a refused certificate, as OpenSSL chooses it. */
public final class CertificateAlert {
  private static final int BAD_CERTIFICATE = 42;
  private static final int UNSUPPORTED_CERTIFICATE = 43;
  private static final int CERTIFICATE_REVOKED = 44;
  private static final int CERTIFICATE_EXPIRED = 45;
  private static final int CERTIFICATE_UNKNOWN = 46;
  private static final int UNKNOWN_CA = 48;
  private static final int CERTIFICATE_REQUIRED = 116;

  private CertificateAlert() {}

  /** The alert for that verdict. */
  public static int of(ErrorCode verdict) {
    return switch (verdict) {
      case CERT_HAS_EXPIRED, CRL_HAS_EXPIRED -> CERTIFICATE_EXPIRED;
      case CERT_REVOKED -> CERTIFICATE_REVOKED;
      case INVALID_PURPOSE -> UNSUPPORTED_CERTIFICATE;
      case UNABLE_TO_GET_ISSUER_CERT,
          UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
          UNABLE_TO_VERIFY_LEAF_SIGNATURE,
          DEPTH_ZERO_SELF_SIGNED_CERT,
          SELF_SIGNED_CERT_IN_CHAIN,
          CERT_CHAIN_TOO_LONG,
          INVALID_CA,
          PATH_LENGTH_EXCEEDED,
          UNABLE_TO_GET_CRL ->
          UNKNOWN_CA;
      case CERT_NOT_YET_VALID,
          CERT_SIGNATURE_FAILURE,
          CERT_UNTRUSTED,
          CERT_REJECTED,
          CRL_NOT_YET_VALID,
          CRL_SIGNATURE_FAILURE,
          EE_KEY_TOO_SMALL,
          CA_KEY_TOO_SMALL,
          CA_MD_TOO_WEAK,
          UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY,
          ERR_TLS_CERT_ALTNAME_INVALID,
          ERR_TLS_CERT_ALTNAME_FORMAT ->
          BAD_CERTIFICATE;
      case ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE -> CERTIFICATE_REQUIRED;
      default -> CERTIFICATE_UNKNOWN;
    };
  }
}
