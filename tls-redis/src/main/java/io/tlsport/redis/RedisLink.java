package io.tlsport.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.tlsport.ErrorCode;
import io.tlsport.TransportException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Redis: made when it is first needed, made again when it is lost, and given up
 * when nothing comes through it any more.
 */
final class RedisLink implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  /** So many commands in a row without an answer, and the connection is replaced. */
  private static final int MOST_UNANSWERED = 8;

  private static final int MOST_WAITING = 4096;
  private static final int THREADS = 2;

  private final String shown;
  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI address;
  private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection;
  private int unanswered;
  private boolean closed;

  RedisLink(RedisURI address, Duration answerTimeout) {
    this.address = address;
    // Of what is said before the connection is there; Lettuce would wait for a minute.
    address.setTimeout(CONNECT_TIMEOUT);
    this.shown = "Redis at " + address.getHost() + ":" + address.getPort();
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .reconnectDelay(
                Delay.exponential(
                    Duration.ofMillis(20), Duration.ofSeconds(1), 2, TimeUnit.MILLISECONDS))
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MOST_WAITING)
            .socketOptions(
                SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).keepAlive(true).build())
            .timeoutOptions(TimeoutOptions.enabled(answerTimeout))
            .build());
  }

  /**
   * Asks.
   *
   * @return fails with a {@link TransportException} if nobody answers, and with what Redis said if
   *     it refuses
   */
  <T> CompletionStage<T> ask(
      Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
    return connected()
        .thenCompose(link -> command.apply(link.async()))
        .whenComplete((answer, failure) -> count(failure))
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw new CompletionException(described(failure));
              }
              return answer;
            });
  }

  private synchronized CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connected() {
    if (closed) {
      return CompletableFuture.failedFuture(new IllegalStateException("closed"));
    }
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> current = connection;
    if (current == null || current.isCompletedExceptionally()) {
      current = client.connectAsync(ByteArrayCodec.INSTANCE, address).toCompletableFuture();
      connection = current;
    }
    return current;
  }

  /** A machine that vanished sends nothing, not even the end of its connection. */
  private synchronized void count(@Nullable Throwable failure) {
    if (failure == null || !(cause(failure) instanceof RedisCommandTimeoutException)) {
      unanswered = 0;
      return;
    }
    unanswered++;
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> current = connection;
    if (unanswered >= MOST_UNANSWERED && current != null) {
      unanswered = 0;
      connection = null;
      CompletableFuture<?> unused = current.thenCompose(StatefulRedisConnection::closeAsync);
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private Throwable described(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof RedisCommandExecutionException) {
      return cause;
    }
    boolean late = cause instanceof RedisCommandTimeoutException;
    return new TransportException(
        late ? ErrorCode.ETIMEDOUT : ErrorCode.ECONNREFUSED,
        shown + (late ? " does not answer" : " cannot be reached: " + reason(cause)),
        cause);
  }

  /** The innermost cause: what surrounds it says no more than that something failed. */
  private static String reason(Throwable cause) {
    Throwable inner = cause;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return String.valueOf(inner.getMessage());
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    CompletableFuture<?> unused =
        client.shutdownAsync(0, 1, TimeUnit.SECONDS).whenComplete((done, failure) -> free());
  }

  private void free() {
    // Lettuce's own kind of future: nobody waits for the last thread.
    io.netty.util.concurrent.Future<Boolean> unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
