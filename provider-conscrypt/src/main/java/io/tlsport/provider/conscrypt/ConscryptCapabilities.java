package io.tlsport.provider.conscrypt;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import java.util.Set;

/** What Conscrypt can do, as its probes showed. */
final class ConscryptCapabilities {
  private static final Support ORDER_OF_1_2 =
      Support.only(
          Set.of(ProtocolVersion.TLS_1_2), "BoringSSL orders the suites of TLS 1.3 by itself");

  private static final Support UP_TO_1_2 =
      Support.only(
          Set.of(ProtocolVersion.TLS_1_2),
          "Conscrypt shows nothing of a session of TLS 1.3: a handle works within one Tls,"
              + " or allow internals");

  private static final Support STORED =
      Support.only(
          Set.of(ProtocolVersion.TLS_1_2),
          "by internals; in TLS 1.3 BoringSSL knows tickets alone, under keys that Conscrypt does"
              + " not show");

  private static final Support LOGGED =
      Support.only(
          Set.of(ProtocolVersion.TLS_1_2),
          "by internals; nothing that Conscrypt's library exports has the secrets of TLS 1.3");

  private ConscryptCapabilities() {}

  /**
   * The table.
   *
   * @param internals show the sessions of clients
   * @param callbacks let a store have those of servers
   * @param secrets show those of connections
   */
  static Capabilities table(boolean internals, boolean callbacks, boolean secrets) {
    return Capabilities.builder()
        .yes(
            Capability.TLS_1_2,
            Capability.TLS_1_3,
            Capability.NAMED_GROUPS,
            Capability.POST_QUANTUM_GROUPS,
            Capability.CLIENT_CERTIFICATES,
            Capability.OPAQUE_KEYS,
            Capability.ALPN)
        .yes(
            Capability.SNI,
            Capability.SESSION_RESUMPTION,
            Capability.SESSION_TIMEOUT,
            Capability.SESSION_ID_CONTEXT)
        .put(Capability.CLIENT_CIPHER_ORDER, ORDER_OF_1_2)
        .put(Capability.SERVER_CIPHER_ORDER, ORDER_OF_1_2)
        .put(
            Capability.TLS_1_3_CIPHERS,
            Support.no("BoringSSL always enables its three suites of TLS 1.3; limit maxVersion"))
        .put(
            Capability.HALF_CLOSE,
            Support.no("BoringSSL's engine closes both sides as soon as it reads close_notify"))
        .put(
            Capability.LEGACY_PROTOCOLS,
            Support.no("Conscrypt switches TLS 1.0 and 1.1 for the whole process only"))
        .put(Capability.DHE, Support.no("BoringSSL has no finite-field Diffie-Hellman"))
        .put(Capability.DH_PARAMETERS, Support.no("BoringSSL has no finite-field Diffie-Hellman"))
        .put(
            Capability.SIGNATURE_SCHEMES,
            Support.no(
                "Conscrypt 2.9 has no setter for them, and its native interface has none either"))
        .put(Capability.ED25519, Support.no("Conscrypt takes no Ed25519 or Ed448 certificates"))
        .put(
            Capability.ALERT_CHOICE,
            Support.no(
                "Conscrypt always sends certificate_unknown for a refused certificate, and nothing"
                    + " to who shows none"))
        .put(Capability.NPN, Support.no("Conscrypt has no NPN; use ALPN, or bctls"))
        .put(Capability.SESSION_EXPORT, internals ? Support.viaInternals() : UP_TO_1_2)
        .put(Capability.SESSION_TICKET, internals ? Support.viaInternals() : UP_TO_1_2)
        .put(Capability.TICKET_KEYS, Support.no("Conscrypt does not show BoringSSL's ticket keys"))
        .put(
            Capability.SESSION_STORE,
            callbacks
                ? STORED
                : Support.no(
                    "Conscrypt does not pass on what BoringSSL asks of a server's sessions: allow"
                        + " internals, for TLS 1.2"))
        .put(
            Capability.OCSP_STAPLING,
            internals
                ? Support.viaInternals()
                : Support.no(
                    "Conscrypt takes no OCSP response by its API: allow internals, or use jdk or"
                        + " bctls"))
        .yes(Capability.OCSP_REQUEST)
        .put(Capability.RENEGOTIATION, Support.no("Conscrypt refuses renegotiation"))
        .put(Capability.MAX_SEND_FRAGMENT, Support.yes())
        .yes(Capability.KEYING_MATERIAL)
        .put(
            Capability.FINISHED_MESSAGES,
            Support.no("Conscrypt does not show its Finished messages"))
        .put(
            Capability.KEY_LOG,
            secrets
                ? LOGGED
                : Support.no(
                    "the key log is compiled out of Conscrypt; bctls has one, or allow internals, for"
                        + " TLS 1.2"))
        .put(
            Capability.PSK,
            Support.only(
                Set.of(ProtocolVersion.TLS_1_2),
                "Conscrypt's way to pre-shared keys is one of TLS 1.2; bctls has both"))
        .put(Capability.EARLY_DATA, Support.no("Conscrypt has no early data"))
        .put(
            Capability.ENCRYPTED_CLIENT_HELLO,
            Support.no(
                "Conscrypt's servers have none: its native library lacks SSL_marshal_ech_config,"
                    + " without which no key can be made"))
        .put(
            Capability.FIPS,
            Support.no("Conscrypt's published natives are no FIPS build; use bcjsse"))
        .build();
  }
}
