package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.SessionStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionStoresTest {
  private static final byte[] ID = {1, 2, (byte) 0xfe};
  private static final byte[] OTHER = {9};
  private static final byte[] DATA = {'\r', '\n', 0, 42};

  @TempDir Path folder;

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void memoryKeepsWhatItIsGiven() {
    givesBack(SessionStores.open("memory"));
  }

  @Test
  void folderKeepsWhatItIsGivenForOtherProcesses() throws IOException {
    Path sessions = folder.resolve("sessions");
    givesBack(SessionStores.open("dir:" + sessions));
    assertArrayEquals(
        DATA, now(SessionStores.open("dir:" + sessions).resumeSession(ID)).orElseThrow());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(sessions.resolve("0102fe"))));
  }

  @Test
  void redisIsAskedInItsProtocol() throws IOException {
    try (ServerSocket redis = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SessionStore store =
          SessionStores.open(
              "redis://" + redis.getInetAddress().getHostAddress() + ":" + redis.getLocalPort());
      CompletionStage<Void> set = store.newSession(ID, DATA);
      try (Socket asked = redis.accept()) {
        expect(asked, "SET", "tlsport:session:0102fe", "\r\n\0*", "EX", "86400");
        answer(asked, "+OK\r\n");
        now(set);
        CompletionStage<Optional<byte[]>> got = store.resumeSession(ID);
        expect(asked, "GET", "tlsport:session:0102fe");
        answer(asked, "$4\r\n\r\n\0*\r\n");
        assertArrayEquals(DATA, now(got).orElseThrow());
        CompletionStage<Optional<byte[]>> none = store.resumeSession(OTHER);
        expect(asked, "GET", "tlsport:session:09");
        answer(asked, "$-1\r\n");
        assertTrue(now(none).isEmpty());
      }
    }
  }

  @Test
  void redisThatIsNotThereFailsTheStageByName() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    CompletableFuture<Optional<byte[]>> asked =
        SessionStores.open("redis://127.0.0.1:" + port).resumeSession(ID).toCompletableFuture();
    CompletionException failed = assertThrows(CompletionException.class, asked::join);
    assertTrue(String.valueOf(failed.getMessage()).contains("127.0.0.1"), failed::toString);
  }

  private static void expect(Socket socket, String... words) throws IOException {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append("$" + word.length() + "\r\n" + word + "\r\n");
    }
    byte[] read = socket.getInputStream().readNBytes(command.length());
    assertEquals(command.toString(), new String(read, StandardCharsets.ISO_8859_1));
  }

  private static void answer(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void givesBack(SessionStore store) {
    now(store.newSession(ID, DATA));
    assertArrayEquals(DATA, now(store.resumeSession(ID)).orElseThrow());
    assertTrue(now(store.resumeSession(OTHER)).isEmpty());
  }
}
