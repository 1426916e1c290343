package io.tlsport.provider.jdk;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Accelerator} does for the engines of one context. It is in force on a thread that
 * takes a step of such an engine, and nowhere else. Safe for any number of threads.
 */
final class Acceleration {
  private static final ThreadLocal<@Nullable Acceleration> CURRENT = new ThreadLocal<>();

  private final Accelerator accelerator;
  private final Optional<OwnKey> own;

  /**
   * The key of an identity, decoded once for both.
   *
   * @param known what SunJSSE has
   * @param fast the same for the accelerator
   */
  private record OwnKey(PrivateKey known, PrivateKey fast) {}

  /**
   * Of one context.
   *
   * @param key of what its engines show
   */
  Acceleration(Accelerator accelerator, Optional<PrivateKey> key) {
    this.accelerator = accelerator;
    this.own = key.flatMap(known -> accelerator.decode(known).map(fast -> new OwnKey(known, fast)));
  }

  /** From now on this thread takes a step of an engine. */
  void enter() {
    CURRENT.set(this);
  }

  /** The step is at its end. */
  void leave() {
    CURRENT.remove();
  }

  /** That of the step which this thread takes; null outside of one. */
  static @Nullable Acceleration current() {
    return CURRENT.get();
  }

  Accelerator accelerator() {
    return accelerator;
  }

  /** Whether it is faster with that key. */
  boolean takes(@Nullable Object key, String algorithm) {
    return key instanceof PublicKey shown
        ? accelerator.verifies(algorithm, shown)
        : key instanceof EphemeralKey || own.filter(mine -> mine.known() == key).isPresent();
  }

  /** The accelerator's own form of a key that it takes. */
  PrivateKey fast(Key key) throws InvalidKeyException {
    return own.filter(mine -> mine.known() == key)
        .map(OwnKey::fast)
        .orElseThrow(() -> new InvalidKeyException("not the key of this engine"));
  }
}
