package io.tlsport.core.policy.signature;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Signature schemes (IANA, TLS SignatureScheme), each with OpenSSL's older spelling. */
public enum SignatureScheme {
  /** P-256 in TLS 1.3, any curve in TLS 1.2. */
  ECDSA_SECP256R1_SHA256(0x0403, "ecdsa_secp256r1_sha256", KeyType.EC, "ECDSA", "SHA256"),
  /** P-384 in TLS 1.3, any curve in TLS 1.2. */
  ECDSA_SECP384R1_SHA384(0x0503, "ecdsa_secp384r1_sha384", KeyType.EC, "ECDSA", "SHA384"),
  /** P-521 in TLS 1.3, any curve in TLS 1.2. */
  ECDSA_SECP521R1_SHA512(0x0603, "ecdsa_secp521r1_sha512", KeyType.EC, "ECDSA", "SHA512"),
  /** Ed25519. */
  ED25519(0x0807, "ed25519", KeyType.EDWARDS, "", ""),
  /** Ed448. */
  ED448(0x0808, "ed448", KeyType.EDWARDS, "", ""),
  /** RSA-PSS with a common RSA key. */
  RSA_PSS_RSAE_SHA256(0x0804, "rsa_pss_rsae_sha256", KeyType.RSA, "RSA-PSS", "SHA256"),
  /** RSA-PSS with a common RSA key. */
  RSA_PSS_RSAE_SHA384(0x0805, "rsa_pss_rsae_sha384", KeyType.RSA, "RSA-PSS", "SHA384"),
  /** RSA-PSS with a common RSA key. */
  RSA_PSS_RSAE_SHA512(0x0806, "rsa_pss_rsae_sha512", KeyType.RSA, "RSA-PSS", "SHA512"),
  /** RSA-PSS with a key that is for nothing else. */
  RSA_PSS_PSS_SHA256(0x0809, "rsa_pss_pss_sha256", KeyType.RSA_PSS, "", ""),
  /** RSA-PSS with a key that is for nothing else. */
  RSA_PSS_PSS_SHA384(0x080a, "rsa_pss_pss_sha384", KeyType.RSA_PSS, "", ""),
  /** RSA-PSS with a key that is for nothing else. */
  RSA_PSS_PSS_SHA512(0x080b, "rsa_pss_pss_sha512", KeyType.RSA_PSS, "", ""),
  /** Not for handshakes of TLS 1.3. */
  RSA_PKCS1_SHA256(0x0401, "rsa_pkcs1_sha256", KeyType.RSA, "RSA", "SHA256"),
  /** Not for handshakes of TLS 1.3. */
  RSA_PKCS1_SHA384(0x0501, "rsa_pkcs1_sha384", KeyType.RSA, "RSA", "SHA384"),
  /** Not for handshakes of TLS 1.3. */
  RSA_PKCS1_SHA512(0x0601, "rsa_pkcs1_sha512", KeyType.RSA, "RSA", "SHA512"),
  /** Weak. */
  ECDSA_SHA224(0x0303, "ecdsa_sha224", KeyType.EC, "ECDSA", "SHA224"),
  /** Weak. */
  RSA_PKCS1_SHA224(0x0301, "rsa_pkcs1_sha224", KeyType.RSA, "RSA", "SHA224"),
  /** Broken. */
  ECDSA_SHA1(0x0203, "ecdsa_sha1", KeyType.EC, "ECDSA", "SHA1"),
  /** Broken. */
  RSA_PKCS1_SHA1(0x0201, "rsa_pkcs1_sha1", KeyType.RSA, "RSA", "SHA1");

  /** Which keys can sign so. */
  private enum KeyType {
    RSA,
    RSA_PSS,
    EC,
    EDWARDS
  }

  private static final Map<String, SignatureScheme> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(SignatureScheme::standardName, scheme -> scheme));
  private static final Map<Integer, SignatureScheme> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(SignatureScheme::code, scheme -> scheme));
  private static final Map<KeyType, List<SignatureScheme>> BY_KEY =
      Arrays.stream(values())
          .collect(Collectors.groupingBy(scheme -> scheme.keys, Collectors.toUnmodifiableList()));

  private final int code;
  private final String standardName;
  private final KeyType keys;
  private final String algorithm;
  private final String digest;

  SignatureScheme(int code, String standardName, KeyType keys, String algorithm, String digest) {
    this.code = code;
    this.standardName = standardName;
    this.keys = keys;
    this.algorithm = algorithm;
    this.digest = digest;
  }

  /** Its number on the wire. */
  public int code() {
    return code;
  }

  /** IANA's name. */
  public String standardName() {
    return standardName;
  }

  /** OpenSSL's two words for it, such as {@code ECDSA+SHA384}, {@code Ed25519+UNDEF}. */
  String words() {
    return switch (keys) {
      case RSA, EC -> algorithm + "+" + digest;
      case RSA_PSS ->
          "RSA-PSS+" + standardName.substring("rsa_pss_pss_".length()).toUpperCase(Locale.ROOT);
      case EDWARDS -> "Ed" + standardName.substring("ed".length()) + "+UNDEF";
    };
  }

  /** By IANA's name. */
  public static Optional<SignatureScheme> byName(String standardName) {
    return Optional.ofNullable(BY_NAME.get(standardName));
  }

  /** By the number on the wire. */
  static Optional<SignatureScheme> byCode(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** By OpenSSL's two words, such as {@code ECDSA} and {@code SHA384}. */
  static Optional<SignatureScheme> of(String algorithm, String digest) {
    return Arrays.stream(values())
        .filter(scheme -> !scheme.algorithm.isEmpty())
        .filter(scheme -> scheme.algorithm.equals(algorithm) && scheme.digest.equals(digest))
        .findFirst();
  }

  /**
   * Those that a key of that kind can make.
   *
   * @param algorithm as {@link io.tlsport.spi.Identity#keyAlgorithm} tells it
   */
  public static List<SignatureScheme> of(String algorithm) {
    return BY_KEY.getOrDefault(type(algorithm), List.of());
  }

  /** Whether TLS before 1.2, which names no schemes, has a signature for a key of that kind. */
  public static boolean worksWithoutNames(String algorithm) {
    KeyType type = type(algorithm);
    return type == KeyType.RSA || type == KeyType.EC;
  }

  private static KeyType type(String algorithm) {
    return switch (algorithm) {
      case "EC" -> KeyType.EC;
      case "RSA" -> KeyType.RSA;
      case "RSASSA-PSS" -> KeyType.RSA_PSS;
      default -> KeyType.EDWARDS;
    };
  }
}
