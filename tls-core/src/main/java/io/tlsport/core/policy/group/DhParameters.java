package io.tlsport.core.policy.group;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Parameters of finite-field Diffie-Hellman.
 *
 * @param prime the modulus
 * @param generator of the group
 */
public record DhParameters(BigInteger prime, BigInteger generator) {
  /** Smaller ones are within reach of an attacker. */
  private static final int MIN_BITS = 2048;

  /** Larger ones cost a server more than they are worth, as OpenSSL finds as well. */
  private static final int MAX_BITS = 10_000;

  /** One prime in 2^64 would be a mistake. */
  private static final int CERTAINTY = 64;

  /**
   * Reads a DHParameter of PKCS #3.
   *
   * @throws DerException if it is none
   */
  public static DhParameters parse(byte[] der) throws DerException {
    DerReader file = new DerReader(der);
    DerReader sequence = file.enter(DerReader.SEQUENCE);
    DhParameters parameters = new DhParameters(sequence.integer(), sequence.integer());
    if (!sequence.isEmpty()) {
      // The length that a private value should have: nobody looks at it.
      sequence.integer();
    }
    if (!sequence.isEmpty() || !file.isEmpty()) {
      throw new DerException("something follows the parameters");
    }
    return parameters;
  }

  /** What is wrong with them; empty if they can be used. */
  public Optional<String> defect() {
    if (prime.bitLength() < MIN_BITS) {
      return Optional.of(
          "its prime has " + prime.bitLength() + " bits, and fewer than " + MIN_BITS + " are weak");
    }
    if (prime.bitLength() > MAX_BITS) {
      return Optional.of("its prime has " + prime.bitLength() + " bits, more than " + MAX_BITS);
    }
    BigInteger last = prime.subtract(BigInteger.ONE);
    if (generator.compareTo(BigInteger.TWO) < 0 || generator.compareTo(last) >= 0) {
      return Optional.of("its generator generates nothing");
    }
    if (group().isEmpty()
        && !(prime.isProbablePrime(CERTAINTY) && last.shiftRight(1).isProbablePrime(CERTAINTY))) {
      return Optional.of("its prime is no safe prime");
    }
    return Optional.empty();
  }

  /** The group of RFC 7919 that they are. */
  public Optional<NamedGroup> group() {
    return Arrays.stream(NamedGroup.values())
        .filter(NamedGroup::isFiniteField)
        .filter(group -> group.bits() == prime.bitLength())
        .filter(group -> of(group).equals(this))
        .findFirst();
  }

  /** The parameters of a group of RFC 7919. */
  public static DhParameters of(NamedGroup group) {
    return new DhParameters(SafePrimes.of(group), BigInteger.TWO);
  }
}
