package io.tlsport.cli;

/** The kinds of key that a certificate can be made for. */
enum KeyType {
  /** RSA, 2048 bits. */
  RSA("RSA", 2048, "SHA256withRSA"),
  /** ECDSA on P-256. */
  EC("EC", 256, "SHA256withECDSA"),
  /** Ed25519. */
  ED25519("Ed25519", 0, "Ed25519");

  private final String algorithm;
  private final int bits;
  private final String signature;

  KeyType(String algorithm, int bits, String signature) {
    this.algorithm = algorithm;
    this.bits = bits;
    this.signature = signature;
  }

  /** The JCA's name of the key algorithm. */
  String algorithm() {
    return algorithm;
  }

  /** Its size; 0 where it has one size only. */
  int bits() {
    return bits;
  }

  /** The JCA's name of the signature that such a key makes. */
  String signature() {
    return signature;
  }

  /** The type of a key of that algorithm. */
  static KeyType ofKey(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> RSA;
      case "EC", "ECDSA" -> EC;
      default -> ED25519;
    };
  }
}
