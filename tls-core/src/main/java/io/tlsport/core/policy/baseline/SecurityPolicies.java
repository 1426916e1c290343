package io.tlsport.core.policy.baseline;

import io.tlsport.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/**
 * The policies that have a name. What a dated one means never changes: a change of what is good now
 * is a new date, and the names that begin with {@code default} move to it.
 */
public final class SecurityPolicies {
  /** TLS 1.2 and 1.3, forward secrecy, authenticated encryption, the engine's own groups. */
  private static final SecurityPolicy D20261130 =
      new SecurityPolicy(
          "20261130",
          ProtocolVersion.TLS_1_2,
          ProtocolVersion.TLS_1_3,
          "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!PSK",
          List.of(),
          List.of(),
          2);

  /**
   * The seed's own defaults, for those who come from there. Its OpenSSL 1.0.1 knew no levels: the
   * keys of 1024 bits that the seed's commands make were good enough.
   */
  private static final SecurityPolicy NODE_0_12 =
      new SecurityPolicy(
          "node-0.12",
          ProtocolVersion.TLS_1_2,
          ProtocolVersion.TLS_1_3,
          "ECDHE-RSA-AES128-SHA256:AES128-GCM-SHA256:RC4:HIGH:!MD5:!aNULL:!EDH",
          List.of("secp256r1"),
          List.of(),
          0);

  /** The same for those whose peers all speak TLS 1.3. */
  private static final SecurityPolicy D20261130_TLS13 =
      D20261130.withMinVersion(ProtocolVersion.TLS_1_3).withName("20261130_tls13");

  /** What a FIPS 140 module approves. */
  private static final SecurityPolicy D20261130_FIPS =
      new SecurityPolicy(
          "20261130_fips",
          ProtocolVersion.TLS_1_2,
          ProtocolVersion.TLS_1_3,
          "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:!aNULL:!PSK",
          List.of("secp256r1", "secp384r1"),
          List.of(
              "ecdsa_secp256r1_sha256",
              "ecdsa_secp384r1_sha384",
              "ecdsa_secp521r1_sha512",
              "rsa_pss_rsae_sha256",
              "rsa_pss_rsae_sha384",
              "rsa_pss_rsae_sha512",
              "rsa_pss_pss_sha256",
              "rsa_pss_pss_sha384",
              "rsa_pss_pss_sha512",
              "rsa_pkcs1_sha256",
              "rsa_pkcs1_sha384",
              "rsa_pkcs1_sha512"),
          2);

  private static final List<SecurityPolicy> ALL =
      List.of(
          D20261130.withName("default"),
          D20261130_TLS13.withName("default_tls13"),
          D20261130_FIPS.withName("default_fips"),
          NODE_0_12,
          D20261130_FIPS.withName("fips"),
          D20261130,
          D20261130_TLS13,
          D20261130_FIPS);

  private SecurityPolicies() {}

  /** The policy of that name. */
  public static Optional<SecurityPolicy> byName(String name) {
    return ALL.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }

  /** The names. */
  public static List<String> names() {
    return ALL.stream().map(SecurityPolicy::name).toList();
  }
}
