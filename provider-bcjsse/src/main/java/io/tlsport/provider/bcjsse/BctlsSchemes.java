package io.tlsport.provider.bcjsse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/** Signature schemes by the names of IANA, most wanted first. */
final class BctlsSchemes {
  private static final Map<String, Integer> CODES = new LinkedHashMap<>();

  static {
    CODES.put("ecdsa_secp256r1_sha256", SignatureScheme.ecdsa_secp256r1_sha256);
    CODES.put("ecdsa_secp384r1_sha384", SignatureScheme.ecdsa_secp384r1_sha384);
    CODES.put("ecdsa_secp521r1_sha512", SignatureScheme.ecdsa_secp521r1_sha512);
    CODES.put("ed25519", SignatureScheme.ed25519);
    CODES.put("ed448", SignatureScheme.ed448);
    CODES.put("rsa_pss_rsae_sha256", SignatureScheme.rsa_pss_rsae_sha256);
    CODES.put("rsa_pss_rsae_sha384", SignatureScheme.rsa_pss_rsae_sha384);
    CODES.put("rsa_pss_rsae_sha512", SignatureScheme.rsa_pss_rsae_sha512);
    CODES.put("rsa_pss_pss_sha256", SignatureScheme.rsa_pss_pss_sha256);
    CODES.put("rsa_pss_pss_sha384", SignatureScheme.rsa_pss_pss_sha384);
    CODES.put("rsa_pss_pss_sha512", SignatureScheme.rsa_pss_pss_sha512);
    CODES.put("rsa_pkcs1_sha256", SignatureScheme.rsa_pkcs1_sha256);
    CODES.put("rsa_pkcs1_sha384", SignatureScheme.rsa_pkcs1_sha384);
    CODES.put("rsa_pkcs1_sha512", SignatureScheme.rsa_pkcs1_sha512);
  }

  private BctlsSchemes() {}

  static List<String> names(TlsCrypto crypto, boolean fipsModule) {
    return CODES.keySet().stream()
        .filter(name -> !(fipsModule && name.startsWith("ed")))
        .filter(name -> crypto.hasSignatureScheme(code(name)))
        .toList();
  }

  private static int code(String name) {
    Integer code = CODES.get(name);
    if (code == null) {
      throw new IllegalArgumentException("no such signature scheme: " + name);
    }
    return code;
  }

  static List<Integer> codes(List<String> names) {
    return names.stream().map(BctlsSchemes::code).toList();
  }

  static Vector<SignatureAndHashAlgorithm> vendor(List<Integer> codes) {
    return BctlsVectors.of(
        codes.stream().map(SignatureScheme::getSignatureAndHashAlgorithm).toList());
  }

  /**
   * The scheme with which the key signs: the first of ours that fits it and that the peer takes;
   * empty if there is none.
   */
  static Optional<Integer> choose(
      BctlsKey key, boolean tls13, List<Integer> ours, @Nullable Vector<?> peer) {
    return peer == null
        ? Optional.empty()
        : ours.stream()
            .filter(scheme -> fits(key, scheme, tls13))
            .filter(scheme -> peer.contains(SignatureScheme.getSignatureAndHashAlgorithm(scheme)))
            .findFirst();
  }

  private static boolean fits(BctlsKey key, int scheme, boolean tls13) {
    return switch (scheme) {
      case SignatureScheme.rsa_pkcs1_sha256,
          SignatureScheme.rsa_pkcs1_sha384,
          SignatureScheme.rsa_pkcs1_sha512 ->
          !tls13 && key.isNamed("RSA");
      case SignatureScheme.rsa_pss_rsae_sha256,
          SignatureScheme.rsa_pss_rsae_sha384,
          SignatureScheme.rsa_pss_rsae_sha512 ->
          key.isNamed("RSA");
      case SignatureScheme.rsa_pss_pss_sha256,
          SignatureScheme.rsa_pss_pss_sha384,
          SignatureScheme.rsa_pss_pss_sha512 ->
          key.isNamed("RSASSA-PSS");
      case SignatureScheme.ed25519 -> key.isEdwards("Ed25519");
      case SignatureScheme.ed448 -> key.isEdwards("Ed448");
      case SignatureScheme.ecdsa_secp256r1_sha256 -> isCurve(key, 256, tls13);
      case SignatureScheme.ecdsa_secp384r1_sha384 -> isCurve(key, 384, tls13);
      case SignatureScheme.ecdsa_secp521r1_sha512 -> isCurve(key, 521, tls13);
      default -> false;
    };
  }

  /** TLS 1.3 binds a scheme to its curve (RFC 8446 section 4.2.3), TLS 1.2 does not. */
  private static boolean isCurve(BctlsKey key, int bits, boolean tls13) {
    return tls13 ? key.isCurve(bits) : key.isCurve();
  }
}
