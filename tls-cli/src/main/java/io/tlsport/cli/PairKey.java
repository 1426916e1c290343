package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.testpki.KeyKind;
import java.util.Optional;

/** The kinds of key that pairs are tried with. */
enum PairKey {
  /** RSA, 2048 bits. */
  RSA("rsa", KeyKind.RSA_2048, Optional.empty()),
  /** RSA, 2048 bits, for RSASSA-PSS alone. */
  RSA_PSS("rsaPss", KeyKind.RSA_PSS_2048, Optional.empty()),
  /** ECDSA on P-256. */
  EC("ec", KeyKind.EC_P256, Optional.empty()),
  /** ECDSA on P-384. */
  EC_P384("ecP384", KeyKind.EC_P384, Optional.empty()),
  /** Ed25519. */
  ED25519("ed25519", KeyKind.ED25519, Optional.of(Capability.ED25519));

  private final String word;
  private final KeyKind kind;
  private final Optional<Capability> needs;

  PairKey(String word, KeyKind kind, Optional<Capability> needs) {
    this.word = word;
    this.kind = kind;
    this.needs = needs;
  }

  /** Its name in reports. */
  String word() {
    return word;
  }

  /** How certificates for it are asked for. */
  KeyKind kind() {
    return kind;
  }

  /** What both sides need for it. */
  Optional<Capability> needs() {
    return needs;
  }
}
