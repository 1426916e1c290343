package io.tlsport;

import java.util.Arrays;

/** A passphrase that can be wiped and never prints itself. */
public final class Secret implements AutoCloseable {
  private final char[] value;
  private boolean wiped;

  private Secret(char[] value) {
    this.value = value;
  }

  /** A copy of the given characters; wipe the original yourself. */
  public static Secret of(char[] value) {
    return new Secret(value.clone());
  }

  /** A copy of the given text, which stays in memory as strings do. */
  public static Secret of(String value) {
    return new Secret(value.toCharArray());
  }

  /**
   * A copy of the characters; the caller wipes it.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public synchronized char[] chars() {
    if (wiped) {
      throw new IllegalStateException("the secret was wiped");
    }
    return value.clone();
  }

  /** Overwrites the characters; contexts that were made before keep working. */
  @Override
  public synchronized void close() {
    Arrays.fill(value, '\0');
    wiped = true;
  }

  @Override
  public String toString() {
    return "Secret[***]";
  }
}
