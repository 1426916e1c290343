package io.tlsport.provider.bcjsse;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import java.util.Set;

/** What Bouncy Castle's low-level API can do, as its probes showed. */
final class BctlsCapabilities {
  private static final Set<ProtocolVersion> BEFORE_1_3 =
      Set.of(ProtocolVersion.TLS_1_0, ProtocolVersion.TLS_1_1, ProtocolVersion.TLS_1_2);

  private static final Support UP_TO_1_2 =
      Support.only(BEFORE_1_3, "Bouncy Castle's low-level TLS resumes no session of TLS 1.3");

  private static final Support RENEGOTIATION =
      Support.only(BEFORE_1_3, "TLS 1.3 has no renegotiation");

  private BctlsCapabilities() {}

  static Capabilities table(boolean fipsModule) {
    return Capabilities.builder()
        .yes(
            Capability.TLS_1_2,
            Capability.TLS_1_3,
            Capability.TLS_1_3_CIPHERS,
            Capability.CLIENT_CIPHER_ORDER,
            Capability.SERVER_CIPHER_ORDER,
            Capability.NAMED_GROUPS,
            Capability.DHE,
            Capability.SIGNATURE_SCHEMES,
            Capability.CLIENT_CERTIFICATES,
            Capability.ALERT_CHOICE,
            Capability.SNI,
            Capability.ALPN,
            Capability.HALF_CLOSE,
            Capability.SESSION_TIMEOUT,
            Capability.SESSION_ID_CONTEXT)
        .put(
            Capability.OPAQUE_KEYS,
            fipsModule ? Support.no("the FIPS module signs with its own keys only") : Support.yes())
        .put(Capability.POST_QUANTUM_GROUPS, BouncyCastle.postQuantumGroups(fipsModule))
        .put(
            Capability.ED25519,
            fipsModule
                ? Support.no("the FIPS module does not approve Ed25519 for TLS")
                : Support.yes())
        .put(
            Capability.FIPS,
            fipsModule
                ? Support.yes()
                : Support.no("bcprov is no FIPS module; use bc-fips and bctls-fips"))
        .put(
            Capability.LEGACY_PROTOCOLS,
            fipsModule
                ? Support.no("TLS 1.0 and 1.1 need MD5, which the FIPS module does not approve")
                : Support.yes())
        .put(
            Capability.DH_PARAMETERS,
            fipsModule
                ? Support.no("the FIPS module approves the groups of RFC 7919 only")
                : Support.yes())
        .put(Capability.NPN, Support.only(BEFORE_1_3, "TLS 1.3 has no NPN; use ALPN"))
        .put(Capability.SESSION_RESUMPTION, UP_TO_1_2)
        .put(Capability.SESSION_EXPORT, UP_TO_1_2)
        .put(Capability.SESSION_TICKET, UP_TO_1_2)
        .put(Capability.TICKET_KEYS, UP_TO_1_2)
        .put(Capability.SESSION_STORE, UP_TO_1_2)
        .yes(Capability.OCSP_STAPLING, Capability.OCSP_REQUEST)
        .put(Capability.RENEGOTIATION, RENEGOTIATION)
        .put(Capability.MAX_SEND_FRAGMENT, Support.yes())
        .yes(Capability.KEYING_MATERIAL, Capability.FINISHED_MESSAGES, Capability.KEY_LOG)
        .put(Capability.PSK, Support.yes())
        .put(Capability.EARLY_DATA, Support.no("Bouncy Castle has no early data"))
        .put(
            Capability.ENCRYPTED_CLIENT_HELLO,
            Support.no("Bouncy Castle has no encrypted ClientHello"))
        .build();
  }
}
