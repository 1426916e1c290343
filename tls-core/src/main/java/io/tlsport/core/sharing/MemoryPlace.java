package io.tlsport.core.sharing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.tlsport.spi.SharedPlace;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sessions of this process; those that are used least make room. Nobody else has its keys. */
final class MemoryPlace implements SharedPlace {
  /** A session has about 2 KiB, with the client's certificates somewhat more. */
  private static final long MOST_BYTES = 64L << 20;

  private final Cache<ByteBuffer, Kept> sessions;

  // Never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Kept(byte[] data, Duration time) {}

  MemoryPlace(InstantSource clock) {
    this.sessions =
        Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((ByteBuffer id, Kept kept) -> id.capacity() + kept.data().length)
            .expireAfter(Expiry.writing((ByteBuffer id, Kept kept) -> kept.time()))
            .ticker(() -> nanos(clock.instant()))
            .executor(Runnable::run)
            .build();
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  @Override
  public CompletionStage<Optional<byte[]>> session(byte[] id) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(sessions.getIfPresent(ByteBuffer.wrap(id)))
            .map(kept -> kept.data().clone()));
  }

  @Override
  public CompletionStage<Void> keepSession(byte[] id, byte[] data, Duration time) {
    sessions.put(ByteBuffer.wrap(id.clone()), new Kept(data.clone(), time));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Optional<byte[]>> keys() {
    return CompletableFuture.completedStage(Optional.empty());
  }

  @Override
  public CompletionStage<Boolean> replaceKeys(Optional<byte[]> expected, byte[] keys) {
    return CompletableFuture.completedStage(true);
  }

  @Override
  public void close() {
    sessions.invalidateAll();
  }
}
