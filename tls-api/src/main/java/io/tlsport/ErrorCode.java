package io.tlsport;

/**
 * Why something failed, spelled as Node's users know it: OpenSSL's names for certificate verdicts,
 * {@code ERR_*} for TLS, the names of {@code errno} for the network.
 *
 * <p>The list is open at its end: a minor release may add constants.
 */
public enum ErrorCode {
  // Certificate verdicts, named as by OpenSSL's X509_V_ERR_*.
  /** A trusted intermediate's own issuer is not known. */
  UNABLE_TO_GET_ISSUER_CERT(Blame.PEER),
  /** A revocation list is required for this issuer, and none was given. */
  UNABLE_TO_GET_CRL(Blame.PEER),
  /** The certificate's signature could not be read. */
  UNABLE_TO_DECRYPT_CERT_SIGNATURE(Blame.PEER),
  /** The revocation list's signature could not be read. */
  UNABLE_TO_DECRYPT_CRL_SIGNATURE(Blame.PEER),
  /** A public key in the chain could not be read, or is larger than anybody needs. */
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY(Blame.PEER),
  /** The signature of a certificate does not match. */
  CERT_SIGNATURE_FAILURE(Blame.PEER),
  /** The signature of a revocation list does not match. */
  CRL_SIGNATURE_FAILURE(Blame.PEER),
  /** A certificate is not valid yet. */
  CERT_NOT_YET_VALID(Blame.PEER),
  /** A certificate has expired. */
  CERT_HAS_EXPIRED(Blame.PEER),
  /** A revocation list is not valid yet. */
  CRL_NOT_YET_VALID(Blame.PEER),
  /** A revocation list has expired. */
  CRL_HAS_EXPIRED(Blame.PEER),
  /** The start of a certificate's validity is malformed. */
  ERROR_IN_CERT_NOT_BEFORE_FIELD(Blame.PEER),
  /** The end of a certificate's validity is malformed. */
  ERROR_IN_CERT_NOT_AFTER_FIELD(Blame.PEER),
  /** The issue date of a revocation list is malformed. */
  ERROR_IN_CRL_LAST_UPDATE_FIELD(Blame.PEER),
  /** The expiry date of a revocation list is malformed. */
  ERROR_IN_CRL_NEXT_UPDATE_FIELD(Blame.PEER),
  /** Memory ran out while a certificate was checked. */
  OUT_OF_MEM(Blame.ENVIRONMENT),
  /** The peer's only certificate is self-signed and not among the trusted ones. */
  DEPTH_ZERO_SELF_SIGNED_CERT(Blame.PEER),
  /** The peer's chain ends in a self-signed certificate that is not trusted. */
  SELF_SIGNED_CERT_IN_CHAIN(Blame.PEER),
  /** The issuer of a certificate in the chain is not known. */
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY(Blame.PEER),
  /** The peer sent one certificate only and its issuer is not known. */
  UNABLE_TO_VERIFY_LEAF_SIGNATURE(Blame.PEER),
  /** The chain is longer than the limit. */
  CERT_CHAIN_TOO_LONG(Blame.PEER),
  /** A certificate is revoked. */
  CERT_REVOKED(Blame.PEER),
  /** An issuer in the chain is not a certificate authority. */
  INVALID_CA(Blame.PEER),
  /** The chain is longer than an authority in it allows. */
  PATH_LENGTH_EXCEEDED(Blame.PEER),
  /** A certificate is not meant for this use. */
  INVALID_PURPOSE(Blame.PEER),
  /** The root is not trusted for this use. */
  CERT_UNTRUSTED(Blame.PEER),
  /** The root rejects this use. */
  CERT_REJECTED(Blame.PEER),
  /** A certificate does not name the host. */
  HOSTNAME_MISMATCH(Blame.PEER),
  /** A certificate has a critical extension that nobody here understands. */
  UNHANDLED_CRITICAL_EXTENSION(Blame.PEER),
  /** The peer's own key is too weak for the policy. */
  EE_KEY_TOO_SMALL(Blame.PEER),
  /** The key of an authority in the chain is too weak for the policy. */
  CA_KEY_TOO_SMALL(Blame.PEER),
  /** A signature digest in the chain is too weak for the policy. */
  CA_MD_TOO_WEAK(Blame.PEER),
  /** A name in the chain is outside what an authority may issue for. */
  PERMITTED_VIOLATION(Blame.PEER),
  /** A name in the chain is among those that an authority must not issue for. */
  EXCLUDED_VIOLATION(Blame.PEER),
  /** The peer was asked for a certificate and sent none. */
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE(Blame.PEER),

  // TLS, as by Node.
  /** The server's certificate does not name the host. */
  ERR_TLS_CERT_ALTNAME_INVALID(Blame.PEER),
  /** A name in the certificate is malformed. */
  ERR_TLS_CERT_ALTNAME_FORMAT(Blame.PEER),
  /** The handshake did not finish in time. */
  ERR_TLS_HANDSHAKE_TIMEOUT(Blame.PEER),
  /** The peer's certificates took longer to judge than those of an honest peer. */
  ERR_TLS_VERIFY_TIMEOUT(Blame.PEER),
  /** The peer renegotiated more often than allowed. */
  ERR_TLS_SESSION_ATTACK(Blame.PEER),
  /** The peer's Diffie-Hellman parameters are too small. */
  ERR_TLS_DH_PARAM_SIZE(Blame.PEER),
  /** The given object is not a usable secure context of this {@link Tls}. */
  ERR_TLS_INVALID_CONTEXT(Blame.CALLER),
  /** The name of a secure-protocol method is not known. */
  ERR_TLS_INVALID_PROTOCOL_METHOD(Blame.CALLER),
  /** The name of a protocol version is not known, or its range is empty. */
  ERR_TLS_INVALID_PROTOCOL_VERSION(Blame.CALLER),
  /** {@code secureProtocol} excludes {@code minVersion} and {@code maxVersion}. */
  ERR_TLS_PROTOCOL_VERSION_CONFLICT(Blame.CALLER),
  /** The operation does not fit the state of the connection. */
  ERR_TLS_INVALID_STATE(Blame.CALLER),
  /** A certificate of ours that is not valid now was to replace one that is. */
  ERR_TLS_OWN_CERT_NOT_VALID(Blame.CALLER),
  /** Renegotiation was switched off on this socket. */
  ERR_TLS_RENEGOTIATION_DISABLED(Blame.CALLER),
  /** Renegotiation failed. */
  ERR_TLS_RENEGOTIATION_FAILED(Blame.PEER),
  /** The client names a host that this server does not have. */
  ERR_TLS_UNRECOGNIZED_NAME(Blame.PEER),
  /** A host name is required. */
  ERR_TLS_REQUIRED_SERVER_NAME(Blame.CALLER),
  /** A server cannot set the server name. */
  ERR_TLS_SNI_FROM_SERVER(Blame.CALLER),
  /** An ALPN callback excludes a list of ALPN protocols. */
  ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS(Blame.CALLER),
  /** An ALPN callback chose a protocol that the client did not offer. */
  ERR_TLS_ALPN_CALLBACK_INVALID_RESULT(Blame.CALLER),
  /** A hint for clients with pre-shared keys is too long. */
  ERR_TLS_PSK_SET_IDENTIY_HINT_FAILED(Blame.CALLER),
  /** An asynchronous hook of the application failed, or answered twice. */
  ERR_TLS_CALLBACK(Blame.CALLER),

  // TLS, as by OpenSSL's reasons with Node's prefix.
  /** The peer speaks no TLS version that we do, or no TLS at all. */
  ERR_SSL_WRONG_VERSION_NUMBER(Blame.PEER),
  /** A connection did not begin with the header that {@code proxyProtocol} asks for. */
  ERR_TLS_PROXY_HEADER(Blame.PEER),
  /** A plain HTTP request arrived on the TLS port. */
  ERR_SSL_HTTP_REQUEST(Blame.PEER),
  /** The peer offers no protocol version that is enabled here. */
  ERR_SSL_UNSUPPORTED_PROTOCOL(Blame.PEER),
  /** The server does not know secure renegotiation (RFC 5746), which TLS 1.2 and older need. */
  ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED(Blame.PEER),
  /** The peer offers no cipher suite that is enabled here and fits our certificate. */
  ERR_SSL_NO_SHARED_CIPHER(Blame.PEER),
  /** There is no pre-shared key for the peer. */
  ERR_SSL_PSK_IDENTITY_NOT_FOUND(Blame.PEER),
  /** TLS 1.0 or 1.1 is enabled at a security level that does not allow how they sign. */
  ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM(Blame.CALLER),
  /** No cipher suite is left of what was configured. */
  ERR_SSL_NO_CIPHER_MATCH(Blame.CALLER),
  /** A cipher list cannot be read: an unknown command, or a character out of place. */
  ERR_SSL_INVALID_COMMAND(Blame.CALLER),
  /** The peer offers no application protocol that we accept. */
  ERR_SSL_NO_APPLICATION_PROTOCOL(Blame.PEER),
  /** A handshake message is malformed. */
  ERR_SSL_DECODE_ERROR(Blame.PEER),
  /** A handshake message is longer than the limit. */
  ERR_SSL_EXCESSIVE_MESSAGE_SIZE(Blame.PEER),
  /** A message came where it may not. */
  ERR_SSL_UNEXPECTED_MESSAGE(Blame.PEER),
  /** A record failed its integrity check. */
  ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC(Blame.PEER),
  /** The stream ended without close_notify: data may be missing. */
  ERR_SSL_UNEXPECTED_EOF_WHILE_READING(Blame.PEER),
  /** The peer reported that the handshake failed. */
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE(Blame.PEER),
  /** The peer reported a bad certificate. */
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE(Blame.PEER),
  /** The peer reported an unsupported certificate. */
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE(Blame.PEER),
  /** The peer reported a revoked certificate. */
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED(Blame.PEER),
  /** The peer reported an expired certificate. */
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED(Blame.PEER),
  /** The peer reported a certificate that it does not accept. */
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN(Blame.PEER),
  /** The peer reported an illegal parameter. */
  ERR_SSL_SSLV3_ALERT_ILLEGAL_PARAMETER(Blame.PEER),
  /** The peer reported an unexpected message. */
  ERR_SSL_SSLV3_ALERT_UNEXPECTED_MESSAGE(Blame.PEER),
  /** The peer reported a record that fails its integrity check. */
  ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC(Blame.PEER),
  /** The peer reported an unknown certificate authority. */
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA(Blame.PEER),
  /** The peer denied access. */
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED(Blame.PEER),
  /** The peer reported a malformed message. */
  ERR_SSL_TLSV1_ALERT_DECODE_ERROR(Blame.PEER),
  /** The peer reported a failed signature or key exchange. */
  ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR(Blame.PEER),
  /** The peer has no version in common with us. */
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION(Blame.PEER),
  /** The peer asks for more security than we offer. */
  ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY(Blame.PEER),
  /** The peer reported an error of its own. */
  ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR(Blame.PEER),
  /** The peer refuses to renegotiate. */
  ERR_SSL_TLSV1_ALERT_NO_RENEGOTIATION(Blame.PEER),
  /** The peer does not know the server name. */
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME(Blame.PEER),
  /** The peer has no application protocol in common with us. */
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL(Blame.PEER),
  /** The peer knows no key for our identity. */
  ERR_SSL_TLSV1_ALERT_UNKNOWN_PSK_IDENTITY(Blame.PEER),
  /** The peer requires a certificate and got none. */
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED(Blame.PEER),
  /** The protocol was broken in a way that has no code of its own. */
  ERR_SSL_PROTOCOL_ERROR(Blame.PEER),

  // Credentials.
  /** The file does not exist. */
  ENOENT(Blame.ENVIRONMENT),
  /** No PEM block of the wanted kind is in the given text. */
  ERR_OSSL_PEM_NO_START_LINE(Blame.CALLER),
  /** A PEM block or the DER inside it is malformed. */
  ERR_OSSL_PEM_BAD_DATA(Blame.CALLER),
  /** The passphrase is wrong. */
  ERR_OSSL_BAD_DECRYPT(Blame.CALLER),
  /** The key or PFX is encrypted and no passphrase was given. */
  ERR_MISSING_PASSPHRASE(Blame.CALLER),
  /** The key type, its encryption or its container is not supported. */
  ERR_OSSL_UNSUPPORTED(Blame.CALLER),
  /** The private key does not belong to the certificate. */
  ERR_OSSL_X509_KEY_VALUES_MISMATCH(Blame.CALLER),
  /** The key of one's own certificate is too weak for the security level. */
  ERR_SSL_EE_KEY_TOO_SMALL(Blame.CALLER),
  /** The key of an authority in one's own chain is too weak for the security level. */
  ERR_SSL_CA_KEY_TOO_SMALL(Blame.CALLER),
  /** A signature digest in one's own chain is too weak for the security level. */
  ERR_SSL_CA_MD_TOO_WEAK(Blame.CALLER),

  // Arguments and streams.
  /** A required argument is missing or of the wrong kind. */
  ERR_INVALID_ARG_TYPE(Blame.CALLER),
  /** An argument has a value that is not allowed. */
  ERR_INVALID_ARG_VALUE(Blame.CALLER),
  /** A number is outside its range. */
  ERR_OUT_OF_RANGE(Blame.CALLER),
  /** Written after {@code end()}. */
  ERR_STREAM_WRITE_AFTER_END(Blame.CALLER),
  /** Used after {@code destroy()} or close. */
  ERR_STREAM_DESTROYED(Blame.CALLER),
  /** The server listens already. */
  ERR_SERVER_ALREADY_LISTEN(Blame.CALLER),
  /** The server does not run, or its {@link Tls} is closed. */
  ERR_SERVER_NOT_RUNNING(Blame.CALLER),
  /** The application cancelled the operation. */
  ABORT_ERR(Blame.CALLER),

  // Providers.
  /** The provider cannot do what was asked. */
  UNSUPPORTED_FEATURE(Blame.CALLER, "UnsupportedFeature"),
  /** No provider of that name is on the class path. */
  ERR_PROVIDER_UNKNOWN(Blame.CALLER),
  /** Several providers are on the class path and none was named. */
  ERR_PROVIDER_AMBIGUOUS(Blame.CALLER),
  /** The provider is known but cannot run here. */
  ERR_PROVIDER_UNAVAILABLE(Blame.ENVIRONMENT),
  /** Not everything is FIPS approved, which {@code requireFips()} asks for. */
  ERR_CRYPTO_FIPS_UNAVAILABLE(Blame.CALLER),
  /** The provider threw something unexpected. */
  ERR_PROVIDER_FAILURE(Blame.PROVIDER),
  /** No runtime (tlsport-core) is on the class path. */
  ERR_RUNTIME_MISSING(Blame.CALLER),

  // The network.
  /** The host name does not resolve. */
  ENOTFOUND(Blame.ENVIRONMENT),
  /** Nobody listens there. */
  ECONNREFUSED(Blame.ENVIRONMENT),
  /** The connection was reset, or ended before the handshake was done. */
  ECONNRESET(Blame.ENVIRONMENT),
  /** The connection could not be made in time. */
  ETIMEDOUT(Blame.ENVIRONMENT),
  /** The address is in use. */
  EADDRINUSE(Blame.ENVIRONMENT),
  /** The address is not one of this machine. */
  EADDRNOTAVAIL(Blame.ENVIRONMENT),
  /** The operating system does not permit it. */
  EACCES(Blame.ENVIRONMENT),
  /** The peer does not read any more. */
  EPIPE(Blame.ENVIRONMENT),
  /** The host cannot be reached. */
  EHOSTUNREACH(Blame.ENVIRONMENT),
  /** The network cannot be reached. */
  ENETUNREACH(Blame.ENVIRONMENT),
  /** Descriptors are exhausted. */
  EMFILE(Blame.ENVIRONMENT),
  /** Any other input or output error. */
  EIO(Blame.ENVIRONMENT);

  private final Blame blame;
  private final String code;

  ErrorCode(Blame blame) {
    this.blame = blame;
    this.code = name();
  }

  ErrorCode(Blame blame, String code) {
    this.blame = blame;
    this.code = code;
  }

  /** Who has to act. */
  public Blame blame() {
    return blame;
  }

  /** The text that users search for; the constant's own name but for {@code UnsupportedFeature}. */
  public String code() {
    return code;
  }

  @Override
  public String toString() {
    return code;
  }
}
