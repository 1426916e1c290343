package io.tlsport.provider.bcjsse;

import java.util.List;

/** The signature schemes of BC-JSSE, as its probes showed; it has no list to ask for. */
final class BcjsseSchemes {
  private static final List<String> ALL =
      List.of(
          "ed25519",
          "ed448",
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
          "rsa_pkcs1_sha512");

  private BcjsseSchemes() {}

  static List<String> names(boolean fipsModule) {
    return fipsModule ? ALL.stream().filter(name -> !name.startsWith("ed")).toList() : ALL;
  }
}
