package io.tlsport;

import java.util.Optional;

/**
 * The key that a server made for one connection, as Node's {@code getEphemeralKeyInfo()} returns
 * it.
 *
 * @param type of the key exchange
 * @param name OpenSSL's name of the group, for example {@code prime256v1}; empty for finite-field
 *     parameters that have none
 * @param size in bits
 */
public record EphemeralKeyInfo(Type type, Optional<String> name, int size) {
  /** A kind of key exchange. */
  public enum Type {
    /** Finite-field Diffie-Hellman. */
    DH,
    /** Diffie-Hellman over an elliptic curve. */
    ECDH,
    /** An elliptic curve together with ML-KEM, which a quantum computer does not break. */
    HYBRID
  }
}
