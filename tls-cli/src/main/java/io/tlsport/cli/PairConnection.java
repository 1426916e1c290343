package io.tlsport.cli;

import io.tlsport.ProtocolVersion;
import io.tlsport.TLSSocket;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A connection of a pair, open on both sides.
 *
 * @param client its client's side
 * @param server its server's side
 * @param staple what the client is told of the server's certificate
 * @param identities who both are
 */
record PairConnection(
    TLSSocket client,
    TLSSocket server,
    CompletableFuture<Optional<byte[]>> staple,
    PairIdentities identities) {
  private static final int STEP_SECONDS = 20;
  private static final byte[] BULK = new byte[300_000];

  static {
    new SplittableRandom(1).nextBytes(BULK);
  }

  /** In what both sides disagree, or differ from what every connection of a pair is, if they do. */
  Optional<String> disagreement(ProtocolVersion version) {
    if (!client.protocol().equals(Optional.of(version))
        || !server.protocol().equals(Optional.of(version))) {
      return Optional.of("another version: " + client.protocol() + ", " + server.protocol());
    }
    if (!client.cipher().equals(server.cipher())) {
      return Optional.of("two ciphers: " + client.cipher() + ", " + server.cipher());
    }
    return client.authorized()
        ? Optional.empty()
        : Optional.of("the client did not accept the server: " + client.authorizationError());
  }

  /** What a stage comes to, in a time that is enough for one step. */
  static <T> T within(CompletionStage<T> stage)
      throws ExecutionException, TimeoutException, InterruptedException {
    return stage.toCompletableFuture().get(STEP_SECONDS, TimeUnit.SECONDS);
  }

  /** What {@link TimeoutException} is called in reports. */
  static String late() {
    return "not done within " + STEP_SECONDS + " s";
  }

  /** Whether so many bytes that a client writes come back. */
  static boolean echoes(TLSSocket client, int size)
      throws ExecutionException, TimeoutException, InterruptedException {
    ByteBuffer back = ByteBuffer.allocate(size);
    CompletableFuture<Void> whole = new CompletableFuture<>();
    client.onError(whole::completeExceptionally);
    client.onClose(() -> whole.completeExceptionally(new EOFException("closed before the echo")));
    client.onData(
        data -> {
          if (data.remaining() <= back.remaining() && !back.put(data).hasRemaining()) {
            whole.complete(null);
          }
        });
    within(client.write(ByteBuffer.wrap(BULK, 0, size)));
    within(whole);
    return back.flip().equals(ByteBuffer.wrap(BULK, 0, size));
  }
}
