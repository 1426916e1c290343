package io.tlsport.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreSharedKeysTest {
  private static final byte[] KEY = {1, 2, 3};

  private final List<String> asked = new ArrayList<>();

  private PreSharedKeys knows(String known) {
    return PreSharedKeys.ofServer(
        identity -> {
          asked.add(identity);
          return CompletableFuture.completedFuture(
              identity.equals(known) ? Optional.of(KEY) : Optional.empty());
        });
  }

  private static List<byte[]> identities(int count) {
    return IntStream.range(0, count).mapToObj(i -> ("client " + i).getBytes(UTF_8)).toList();
  }

  private static PreSharedKeys.Answer answer(PreSharedKeys keys, List<byte[]> identities) {
    return keys.first(identities).toCompletableFuture().join();
  }

  @Test
  void asksInOrderUntilThereIsAKey() {
    PreSharedKeys keys = knows("client 1");
    assertInstanceOf(PreSharedKeys.Known.class, answer(keys, identities(3)));
    assertEquals(List.of("client 0", "client 1"), asked);
    assertArrayEquals(KEY, keys.key("client 1".getBytes(UTF_8)).orElseThrow());
    assertTrue(keys.key("client 0".getBytes(UTF_8)).isEmpty());
  }

  @Test
  void asksForFourAtMost() {
    PreSharedKeys.Answer answer = answer(knows("client 4"), identities(1000));
    assertTrue(assertInstanceOf(PreSharedKeys.Refused.class, answer).unknown());
    assertEquals(4, asked.size());
  }

  @Test
  void doesNotAskForWhatIsNoText() {
    PreSharedKeys keys = knows("client 0");
    List<byte[]> ticketFirst =
        List.of(new byte[] {(byte) 0xc3, 0x28}, new byte[0], "client 0".getBytes(UTF_8));
    assertInstanceOf(PreSharedKeys.Known.class, answer(keys, ticketFirst));
    assertEquals(List.of("client 0"), asked);
  }

  @Test
  void aFailureIsNotPassedOver() {
    PreSharedKeys keys =
        PreSharedKeys.ofServer(
            identity -> {
              asked.add(identity);
              return CompletableFuture.failedFuture(new IllegalStateException("made by the test"));
            });
    PreSharedKeys.Refused refused =
        assertInstanceOf(PreSharedKeys.Refused.class, answer(keys, identities(3)));
    assertEquals(80, refused.alert());
    assertEquals(1, asked.size());
  }
}
