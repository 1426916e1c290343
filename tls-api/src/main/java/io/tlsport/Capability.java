package io.tlsport;

/**
 * A behaviour that not every TLS engine has. Options compute the set that they need, a provider
 * declares the set that it has, and the difference is one {@link UnsupportedFeatureException}
 * before any socket exists.
 */
public enum Capability {
  /** TLS 1.2 (RFC 5246). */
  TLS_1_2,
  /** TLS 1.3 (RFC 8446). */
  TLS_1_3,
  /** TLS 1.0 and 1.1 in one context without touching others: {@code secureProtocol}. */
  LEGACY_PROTOCOLS,
  /** A subset or an order of the TLS 1.3 suites: {@code ciphers}. */
  TLS_1_3_CIPHERS,
  /** The client's order of ciphers decides: {@code honorCipherOrder} false, the seed's default. */
  CLIENT_CIPHER_ORDER,
  /** The server's order of ciphers decides: {@code honorCipherOrder} true. */
  SERVER_CIPHER_ORDER,
  /** Groups chosen per context: {@code ecdhCurve}. */
  NAMED_GROUPS,
  /** The hybrid group X25519MLKEM768. */
  POST_QUANTUM_GROUPS,
  /** Finite-field Diffie-Hellman: DHE suites, and {@code dhparam} with a group of RFC 7919. */
  DHE,
  /** {@code dhparam} with any other parameters. */
  DH_PARAMETERS,
  /** Signature schemes chosen per context: {@code sigalgs}. */
  SIGNATURE_SCHEMES,
  /** Ed25519 keys as identity. */
  ED25519,
  /** Private keys that cannot be exported (PKCS#11, a key management service). */
  OPAQUE_KEYS,
  /** A certificate asked of clients and judged: {@code requestCert}, {@code rejectUnauthorized}. */
  CLIENT_CERTIFICATES,
  /** The fatal alert for a refused certificate can be chosen. */
  ALERT_CHOICE,
  /** Server name indication on both sides: {@code servername}, {@code SNICallback}. */
  SNI,
  /** Application-layer protocol negotiation (RFC 7301): {@code ALPNProtocols}. */
  ALPN,
  /** Next protocol negotiation: {@code NPNProtocols}. */
  NPN,
  /** A client resumes a chosen session in this process: {@code session}. */
  SESSION_RESUMPTION,
  /** {@code getSession()} gives bytes that work in another process. */
  SESSION_EXPORT,
  /** {@code getTLSTicket()}. */
  SESSION_TICKET,
  /** {@code ticketKeys}: tickets that several processes accept. */
  TICKET_KEYS,
  /** {@code newSession} and {@code resumeSession} with a store outside the engine. */
  SESSION_STORE,
  /** {@code sessionTimeout}. */
  SESSION_TIMEOUT,
  /** {@code sessionIdContext}. */
  SESSION_ID_CONTEXT,
  /** A server staples the answer that {@code OCSPRequest} gave. */
  OCSP_STAPLING,
  /** A client asks for a staple per connection and reads it: {@code requestOCSP}. */
  OCSP_REQUEST,
  /** {@code renegotiate()} from both sides, and the peer's counted. */
  RENEGOTIATION,
  /** {@code setMaxSendFragment}. */
  MAX_SEND_FRAGMENT,
  /** After {@code end()} the peer may still send, and after the peer's end we may. */
  HALF_CLOSE,
  /** Keying material export (RFC 5705, RFC 8446 section 7.5). */
  KEYING_MATERIAL,
  /** {@code getFinished()} and {@code getPeerFinished()} (RFC 5929). */
  FINISHED_MESSAGES,
  /** Secrets in NSS key-log form, for debugging only. */
  KEY_LOG,
  /** Pre-shared keys (RFC 4279, RFC 8446): {@code pskCallback}. */
  PSK,
  /** TLS 1.3 early data. Replayable, so nothing here uses it. */
  EARLY_DATA,
  /** Encrypted ClientHello. */
  ENCRYPTED_CLIENT_HELLO,
  /** The engine and its cryptography can run in FIPS approved mode. */
  FIPS
}
