package io.tlsport.provider.jdk;

import java.util.List;
import java.util.stream.Stream;

/** The signature schemes of SunJSSE, as its probes showed. */
final class JdkSchemes {
  /** Those that nothing is known against. */
  static final List<String> NAMES =
      List.of(
          "ecdsa_secp256r1_sha256",
          "ecdsa_secp384r1_sha384",
          "ecdsa_secp521r1_sha512",
          "ed25519",
          "ed448",
          "rsa_pss_rsae_sha256",
          "rsa_pss_rsae_sha384",
          "rsa_pss_rsae_sha512",
          "rsa_pss_pss_sha256",
          "rsa_pss_pss_sha384",
          "rsa_pss_pss_sha512",
          "rsa_pkcs1_sha256",
          "rsa_pkcs1_sha384",
          "rsa_pkcs1_sha512");

  private static final List<String> WEAK =
      List.of(
          "dsa_sha256",
          "ecdsa_sha224",
          "rsa_sha224",
          "dsa_sha224",
          "ecdsa_sha1",
          "rsa_pkcs1_sha1",
          "dsa_sha1",
          "rsa_md5");

  /** Everything that may stand in a ClientHello. */
  static final List<String> ALL = Stream.concat(NAMES.stream(), WEAK.stream()).toList();

  private JdkSchemes() {}
}
