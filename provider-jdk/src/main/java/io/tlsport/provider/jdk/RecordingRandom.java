package io.tlsport.provider.jdk;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Randomness that tells what it gave in pieces of 32 bytes. Every identifier of a session that
 * SunJSSE makes is such a piece, drawn by the thread that runs the engine: so one learns which
 * sessions an engine made, also where it does not say.
 */
final class RecordingRandom extends SecureRandom {
  static final int ID_LENGTH = 32;

  private static final long serialVersionUID = 1;

  private static final ThreadLocal<@Nullable List<byte[]>> DRAWN = new ThreadLocal<>();

  private final transient SecureRandom source;

  RecordingRandom(SecureRandom source) {
    this.source = source;
  }

  /** From now on this thread's pieces are remembered. */
  static void record() {
    DRAWN.set(new ArrayList<>(2));
  }

  /** What was given to this thread since then; remembers no more. */
  static List<byte[]> recorded() {
    List<byte[]> drawn = DRAWN.get();
    DRAWN.remove();
    return drawn == null ? List.of() : drawn;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
    List<byte[]> drawn = DRAWN.get();
    if (drawn != null && bytes.length == ID_LENGTH) {
      drawn.add(bytes.clone());
    }
  }

  @Override
  public byte[] generateSeed(int length) {
    return source.generateSeed(length);
  }

  @Override
  public void setSeed(long seed) {
    // Called by the constructor of Random, before there is a source, which seeds itself.
  }

  @Override
  public String getAlgorithm() {
    return source.getAlgorithm();
  }
}
