package io.tlsport.core.sharing;

import io.tlsport.spi.SharedPlace;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place that the test can take away. */
final class FakePlace implements SharedPlace {
  private final Map<ByteBuffer, byte[]> sessions = new HashMap<>();
  private Optional<byte[]> keys = Optional.empty();
  private @Nullable Supplier<CompletionStage<?>> trouble;
  private int writes;
  private int asked;

  /** From now on every question gets that answer; null: all is well. */
  synchronized void trouble(@Nullable Supplier<CompletionStage<?>> answer) {
    trouble = answer;
  }

  synchronized void keys(Optional<byte[]> content) {
    keys = content;
  }

  synchronized int writes() {
    return writes;
  }

  synchronized int asked() {
    return asked;
  }

  @SuppressWarnings("unchecked") // A stage that fails or never completes is one of any type.
  private synchronized <T> CompletionStage<T> answer(Supplier<T> good) {
    asked++;
    return trouble == null
        ? CompletableFuture.completedStage(good.get())
        : (CompletionStage<T>) trouble.get();
  }

  @Override
  public CompletionStage<Optional<byte[]>> session(byte[] id) {
    return answer(() -> Optional.ofNullable(sessions.get(ByteBuffer.wrap(id))));
  }

  @Override
  @SuppressWarnings("NullAway") // A stage of Void completes with nothing.
  public CompletionStage<Void> keepSession(byte[] id, byte[] data, Duration time) {
    return answer(
        () -> {
          sessions.put(ByteBuffer.wrap(id), data);
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<byte[]>> keys() {
    return answer(() -> keys);
  }

  @Override
  public CompletionStage<Boolean> replaceKeys(Optional<byte[]> expected, byte[] written) {
    return answer(
        () -> {
          boolean same = Arrays.equals(keys.orElse(null), expected.orElse(null));
          if (same) {
            keys = Optional.of(written);
            writes++;
          }
          return same;
        });
  }

  @Override
  public void close() {
    // The test looks into it.
  }
}
