package io.tlsport.core.policy.group;

import io.tlsport.EphemeralKeyInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Groups of the key exchange (IANA, TLS Supported Groups) with the names that they go by. */
public enum NamedGroup {
  /** P-256. */
  SECP256R1(23, "secp256r1", EphemeralKeyInfo.Type.ECDH, 256, "prime256v1", "P-256"),
  /** P-384. */
  SECP384R1(24, "secp384r1", EphemeralKeyInfo.Type.ECDH, 384, "secp384r1", "P-384"),
  /** P-521. */
  SECP521R1(25, "secp521r1", EphemeralKeyInfo.Type.ECDH, 521, "secp521r1", "P-521"),
  /** Curve25519 (RFC 7748). */
  X25519(29, "x25519", EphemeralKeyInfo.Type.ECDH, 253, "X25519"),
  /** Curve448 (RFC 7748). */
  X448(30, "x448", EphemeralKeyInfo.Type.ECDH, 448, "X448"),
  /** 2048 bits (RFC 7919). */
  FFDHE2048(256, "ffdhe2048", EphemeralKeyInfo.Type.DH, 2048, "ffdhe2048"),
  /** 3072 bits (RFC 7919). */
  FFDHE3072(257, "ffdhe3072", EphemeralKeyInfo.Type.DH, 3072, "ffdhe3072"),
  /** 4096 bits (RFC 7919). */
  FFDHE4096(258, "ffdhe4096", EphemeralKeyInfo.Type.DH, 4096, "ffdhe4096"),
  /** 6144 bits (RFC 7919). */
  FFDHE6144(259, "ffdhe6144", EphemeralKeyInfo.Type.DH, 6144, "ffdhe6144"),
  /** 8192 bits (RFC 7919). */
  FFDHE8192(260, "ffdhe8192", EphemeralKeyInfo.Type.DH, 8192, "ffdhe8192"),
  /** P-256 with ML-KEM-768. */
  SECP256R1_MLKEM768(
      4587, "SecP256r1MLKEM768", EphemeralKeyInfo.Type.HYBRID, 768, "SecP256r1MLKEM768"),
  /** Curve25519 with ML-KEM-768. */
  X25519_MLKEM768(4588, "X25519MLKEM768", EphemeralKeyInfo.Type.HYBRID, 768, "X25519MLKEM768"),
  /** P-384 with ML-KEM-1024. */
  SECP384R1_MLKEM1024(
      4589, "SecP384r1MLKEM1024", EphemeralKeyInfo.Type.HYBRID, 1024, "SecP384r1MLKEM1024");

  private final int code;
  private final String standardName;
  private final EphemeralKeyInfo.Type type;
  private final int bits;
  private final String openSslName;
  private final String nistName;

  NamedGroup(
      int code, String standardName, EphemeralKeyInfo.Type type, int bits, String openSslName) {
    this(code, standardName, type, bits, openSslName, "");
  }

  NamedGroup(
      int code,
      String standardName,
      EphemeralKeyInfo.Type type,
      int bits,
      String openSslName,
      String nistName) {
    this.code = code;
    this.standardName = standardName;
    this.type = type;
    this.bits = bits;
    this.openSslName = openSslName;
    this.nistName = nistName;
  }

  /** Its number on the wire. */
  public int code() {
    return code;
  }

  /** IANA's name. */
  public String standardName() {
    return standardName;
  }

  /** True for finite-field Diffie-Hellman. */
  public boolean isFiniteField() {
    return type == EphemeralKeyInfo.Type.DH;
  }

  /** True for a group with ML-KEM. */
  public boolean isPostQuantum() {
    return type == EphemeralKeyInfo.Type.HYBRID;
  }

  /** Size of the key. */
  public int bits() {
    return bits;
  }

  /** What {@code getEphemeralKeyInfo()} shows for it. */
  public EphemeralKeyInfo info() {
    return new EphemeralKeyInfo(type, Optional.of(openSslName), bits);
  }

  /** By IANA's, OpenSSL's or NIST's name, in any case. */
  public static Optional<NamedGroup> byName(String name) {
    return Arrays.stream(values())
        .filter(
            group ->
                group.standardName.equalsIgnoreCase(name)
                    || group.openSslName.equalsIgnoreCase(name)
                    || (!name.isEmpty() && group.nistName.equalsIgnoreCase(name)))
        .findFirst();
  }

  /** By its number on the wire. */
  public static Optional<NamedGroup> byCode(int code) {
    return Arrays.stream(values()).filter(group -> group.code == code).findFirst();
  }

  /** The IANA names of finite fields among those. */
  public static List<String> finiteFields(List<String> names) {
    return names.stream().filter(NamedGroup::isFiniteField).toList();
  }

  /** True if that is the name of a finite field. */
  public static boolean isFiniteField(String name) {
    return byName(name).filter(NamedGroup::isFiniteField).isPresent();
  }
}
