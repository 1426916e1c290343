package io.tlsport.provider.bcjsse;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import java.util.Set;

/** What BC-JSSE can do, as its probes showed. */
final class BcjsseCapabilities {
  private static final String BCTLS = "; bctls has a way";

  private BcjsseCapabilities() {}

  static Capabilities table(boolean fipsModule) {
    return Capabilities.builder()
        .yes(
            Capability.TLS_1_2,
            Capability.TLS_1_3,
            Capability.TLS_1_3_CIPHERS,
            Capability.CLIENT_CIPHER_ORDER,
            Capability.SERVER_CIPHER_ORDER,
            Capability.NAMED_GROUPS,
            Capability.CLIENT_CERTIFICATES,
            Capability.SNI,
            Capability.ALPN)
        .put(Capability.POST_QUANTUM_GROUPS, BouncyCastle.postQuantumGroups(fipsModule))
        .put(
            Capability.ED25519,
            fipsModule
                ? Support.no("the FIPS module does not approve Ed25519 for TLS")
                : Support.yes())
        .put(
            Capability.OPAQUE_KEYS,
            fipsModule
                ? Support.no("the FIPS module signs with keys that it holds itself")
                : Support.yes())
        .put(
            Capability.FIPS,
            fipsModule
                ? Support.yes()
                : Support.no("bcprov is no FIPS module; use bc-fips and bctls-fips"))
        .put(
            Capability.HALF_CLOSE,
            Support.no("BC-JSSE closes both sides with the first close_notify"))
        .put(
            Capability.LEGACY_PROTOCOLS,
            Support.no(
                "BC-JSSE reads jdk.tls.disabledAlgorithms once for the whole process" + BCTLS))
        .yes(Capability.DHE, Capability.SIGNATURE_SCHEMES)
        .put(
            Capability.DH_PARAMETERS,
            Support.no(
                "BC-JSSE uses the groups of RFC 7919 only: give dhparam one of these, or use auto"
                    + BCTLS))
        .put(
            Capability.ALERT_CHOICE,
            Support.no(
                "BC-JSSE always sends certificate_unknown for a refused certificate, and nothing to"
                    + " who shows none"
                    + BCTLS))
        .put(Capability.NPN, Support.no("BC-JSSE has no NPN; use ALPN" + BCTLS))
        .put(
            Capability.SESSION_RESUMPTION,
            Support.only(Set.of(ProtocolVersion.TLS_1_2), "BC-JSSE resumes no session of TLS 1.3"))
        .put(Capability.SESSION_EXPORT, Support.no("BC-JSSE shows no bytes of a session" + BCTLS))
        .put(Capability.SESSION_TICKET, Support.no("BC-JSSE has no tickets" + BCTLS))
        .put(Capability.TICKET_KEYS, Support.no("BC-JSSE has no tickets" + BCTLS))
        .put(
            Capability.SESSION_STORE,
            Support.no("BC-JSSE keeps its sessions in a private cache" + BCTLS))
        .yes(Capability.SESSION_TIMEOUT, Capability.SESSION_ID_CONTEXT)
        .put(
            Capability.OCSP_STAPLING,
            Support.no("BC-JSSE's server has no way to hand a response in" + BCTLS))
        .put(
            Capability.OCSP_REQUEST,
            Support.only(
                Set.of(ProtocolVersion.TLS_1_2), "BC-JSSE shows no response in TLS 1.3" + BCTLS))
        .put(Capability.RENEGOTIATION, Support.no("BC-JSSE refuses renegotiation" + BCTLS))
        .put(Capability.MAX_SEND_FRAGMENT, Support.yes())
        .put(Capability.KEYING_MATERIAL, Support.no("BC-JSSE's engine has no exporter" + BCTLS))
        .put(
            Capability.FINISHED_MESSAGES, Support.no("BC-JSSE does not show its Finished messages"))
        .put(Capability.KEY_LOG, Support.no("BC-JSSE 1.84 has no key log" + BCTLS))
        .put(Capability.PSK, Support.no("BC-JSSE has no pre-shared keys" + BCTLS))
        .put(Capability.EARLY_DATA, Support.no("Bouncy Castle has no early data"))
        .put(
            Capability.ENCRYPTED_CLIENT_HELLO,
            Support.no("Bouncy Castle has no encrypted ClientHello"))
        .build();
  }
}
