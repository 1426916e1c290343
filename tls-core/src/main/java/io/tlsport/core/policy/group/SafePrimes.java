package io.tlsport.core.policy.group;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/**
 * The primes of RFC 7919, by its formula: 2^b - 2^(b-64) + (floor(2^(b-130) e) + X) 2^64 - 1, where
 * X is the least number that makes it a safe prime.
 */
final class SafePrimes {
  /** So many bits more than are needed: they take the errors of the sum. */
  private static final int GUARD = 64;

  private static final Map<NamedGroup, BigInteger> PRIMES = new EnumMap<>(NamedGroup.class);

  static {
    put(NamedGroup.FFDHE2048, 560_316);
    put(NamedGroup.FFDHE3072, 2_625_351);
    put(NamedGroup.FFDHE4096, 5_736_041);
    put(NamedGroup.FFDHE6144, 15_705_020);
    put(NamedGroup.FFDHE8192, 10_965_728);
  }

  private SafePrimes() {}

  private static void put(NamedGroup group, long x) {
    int bits = group.bits();
    PRIMES.put(
        group,
        power(bits)
            .subtract(power(bits - 64))
            .add(euler(bits - 130).add(BigInteger.valueOf(x)).shiftLeft(64))
            .subtract(BigInteger.ONE));
  }

  private static BigInteger power(int bits) {
    return BigInteger.ONE.shiftLeft(bits);
  }

  /** The whole part of 2^bits e: the sum of all 1/k!. */
  private static BigInteger euler(int bits) {
    BigInteger term = power(bits + GUARD);
    BigInteger sum = BigInteger.ZERO;
    for (int k = 1; term.signum() > 0; k++) {
      sum = sum.add(term);
      term = term.divide(BigInteger.valueOf(k));
    }
    return sum.shiftRight(GUARD);
  }

  static BigInteger of(NamedGroup group) {
    BigInteger prime = PRIMES.get(group);
    if (prime == null) {
      throw new IllegalArgumentException(group + " is no finite field");
    }
    return prime;
  }
}
