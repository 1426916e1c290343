package io.tlsport.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.tlsport.spi.SharedPlace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Sessions and keys under names that begin with {@code tlsport:} in one database of Redis. */
final class RedisPlace implements SharedPlace {
  private static final String SESSION = "tlsport:session:";
  private static final byte[] KEYS = bytes("tlsport:ticket-keys");

  /** More is read of no value: none that was written here is longer. */
  private static final int LONGEST = 1 << 20;

  /** Keys that nobody renews are of no use after that. */
  private static final Duration KEEP_KEYS = Duration.ofDays(15);

  /**
   * Writes if what is there is what was read. A value of another type counts as nothing, and so
   * does one that is not there.
   */
  private static final String REPLACE =
      """
      local found = redis.pcall('GETRANGE', KEYS[1], 0, ARGV[3])
      if type(found) ~= 'string' then found = '' end
      if found ~= ARGV[1] then return 0 end
      redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
      return 1
      """;

  private final RedisLink link;

  RedisPlace(RedisURI address, Duration answerTimeout) {
    this.link = new RedisLink(address, answerTimeout);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(long number) {
    return bytes(Long.toString(number));
  }

  private static byte[] sessionKey(byte[] id) {
    return bytes(SESSION + HexFormat.of().formatHex(id));
  }

  @Override
  public CompletionStage<Optional<byte[]>> session(byte[] id) {
    return read(sessionKey(id));
  }

  @Override
  public CompletionStage<Void> keepSession(byte[] id, byte[] data, Duration time) {
    byte[] copy = data.clone();
    return link.ask(redis -> redis.set(sessionKey(id), copy, SetArgs.Builder.px(time.toMillis())))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Optional<byte[]>> keys() {
    return read(KEYS).exceptionally(RedisPlace::nothingIfOfAnotherType);
  }

  private CompletionStage<Optional<byte[]>> read(byte[] key) {
    return link.ask(redis -> redis.getrange(key, 0, LONGEST))
        .thenApply(value -> Optional.ofNullable(value).filter(found -> found.length > 0));
  }

  private static Optional<byte[]> nothingIfOfAnotherType(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RedisCommandExecutionException refused
        && String.valueOf(refused.getMessage()).startsWith("WRONGTYPE")) {
      return Optional.empty();
    }
    throw new CompletionException(cause);
  }

  @Override
  public CompletionStage<Boolean> replaceKeys(Optional<byte[]> expected, byte[] keys) {
    byte[][] names = {KEYS};
    byte[][] values = {
      expected.orElse(new byte[0]), keys.clone(), bytes(LONGEST), bytes(KEEP_KEYS.toMillis())
    };
    return link.ask(redis -> redis.<Boolean>eval(REPLACE, ScriptOutputType.BOOLEAN, names, values));
  }

  @Override
  public void close() {
    link.close();
  }
}
