package io.tlsport.provider.jdk;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import java.util.Set;

/** What SunJSSE can do, as its probes showed. */
final class JdkCapabilities {
  private JdkCapabilities() {}

  /**
   * The table.
   *
   * @param internals what can be used of SunJSSE beyond its API
   */
  static Capabilities table(JdkInternals internals) {
    return Capabilities.builder()
        .yes(
            Capability.TLS_1_2,
            Capability.TLS_1_3,
            Capability.TLS_1_3_CIPHERS,
            Capability.CLIENT_CIPHER_ORDER,
            Capability.SERVER_CIPHER_ORDER,
            Capability.NAMED_GROUPS,
            Capability.ED25519,
            Capability.OPAQUE_KEYS,
            Capability.CLIENT_CERTIFICATES,
            Capability.SNI,
            Capability.ALPN)
        .put(
            Capability.HALF_CLOSE,
            Support.only(
                Set.of(ProtocolVersion.TLS_1_3),
                "in TLS 1.2 SunJSSE closes its own side as soon as it reads close_notify"))
        .put(
            Capability.LEGACY_PROTOCOLS,
            Support.no(
                "SunJSSE allows TLS 1.0 and 1.1 for the whole process only, by"
                    + " jdk.tls.disabledAlgorithms at start"))
        .put(
            Capability.POST_QUANTUM_GROUPS,
            JdkGroups.names().contains("X25519MLKEM768")
                ? Support.yes()
                : Support.no(
                    "SunJSSE has no ML-KEM groups up to Java 25; conscrypt and bcjsse have"))
        .yes(Capability.DHE, Capability.SIGNATURE_SCHEMES)
        .put(
            Capability.DH_PARAMETERS,
            Support.no(
                "SunJSSE uses the groups of RFC 7919 only: give dhparam one of these, or use auto"))
        .put(
            Capability.ALERT_CHOICE,
            Support.no(
                "a client tells bad, unsupported, revoked and expired certificates apart, everything"
                    + " else is certificate_unknown, and what a server refuses always is; who shows"
                    + " no certificate gets no alert"))
        .put(Capability.NPN, Support.no("SunJSSE has no NPN; use ALPN, or bctls"))
        .yes(
            Capability.SESSION_RESUMPTION,
            Capability.SESSION_TIMEOUT,
            Capability.SESSION_ID_CONTEXT)
        .put(
            Capability.SESSION_TICKET,
            Support.only(
                Set.of(ProtocolVersion.TLS_1_2),
                "in TLS 1.3 tickets are encrypted, and SunJSSE does not show them"))
        .put(
            Capability.SESSION_STORE,
            internals.sessions().isPresent()
                ? Support.viaInternals()
                : Support.only(
                    Set.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3),
                    "SunJSSE keeps the sessions: servers of one Tls share them, processes do not"))
        .put(Capability.SESSION_EXPORT, internals.support())
        .put(Capability.TICKET_KEYS, internals.support())
        .put(Capability.OCSP_STAPLING, JdkStaples.support())
        .yes(Capability.OCSP_REQUEST)
        .put(
            Capability.RENEGOTIATION,
            Support.only(Set.of(ProtocolVersion.TLS_1_2), "TLS 1.3 has no renegotiation"))
        .put(Capability.MAX_SEND_FRAGMENT, Support.yes())
        .put(
            Capability.KEYING_MATERIAL,
            JdkKeyingMaterial.available()
                ? Support.yes()
                : Support.no("SunJSSE exports keying material from Java 25 on"))
        .put(
            Capability.FINISHED_MESSAGES, Support.no("SunJSSE does not show its Finished messages"))
        .put(
            Capability.KEY_LOG,
            internals.sessions().isPresent()
                ? Support.only(
                    Set.of(ProtocolVersion.TLS_1_2),
                    "by internals; in TLS 1.3 a server of SunJSSE drops its handshake secret in the"
                        + " step in which it makes it")
                : Support.no(
                    "SunJSSE has no key log; bctls has one, or allow internals, for TLS 1.2"))
        .put(Capability.PSK, Support.no("SunJSSE has no pre-shared keys from outside"))
        .put(Capability.EARLY_DATA, Support.no("SunJSSE has no early data"))
        .put(Capability.ENCRYPTED_CLIENT_HELLO, Support.no("SunJSSE has no encrypted ClientHello"))
        .put(Capability.FIPS, Support.no("SunJSSE makes no FIPS claim; use bcjsse"))
        .build();
  }
}
