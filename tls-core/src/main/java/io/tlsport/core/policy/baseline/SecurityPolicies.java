package io.tlsport.core.policy.baseline;

import io.tlsport.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/** The policies that have a name. */
public final class SecurityPolicies {
  /** TLS 1.2 and 1.3, forward secrecy, authenticated encryption, the engine's own groups. */
  private static final SecurityPolicy DEFAULT =
      new SecurityPolicy(
          "default",
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

  /** What a FIPS 140 module approves. */
  private static final SecurityPolicy FIPS =
      new SecurityPolicy(
          "fips",
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

  private static final List<SecurityPolicy> ALL = List.of(DEFAULT, NODE_0_12, FIPS);

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
