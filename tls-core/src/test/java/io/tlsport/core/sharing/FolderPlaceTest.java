package io.tlsport.core.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.spi.SharedPlace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPlaceTest {
  private static final byte[] ID = {1, 2, (byte) 0xfe};
  private static final byte[] DATA = {'\r', '\n', 0, 42};
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path temporary;

  /** Far from the file system's clock, which must decide nothing. */
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2001-01-01T00:00:00Z"));

  private Path folder() {
    return temporary.resolve("shared");
  }

  private SharedPlace open() {
    return FolderPlace.open(folder().toString(), now::get);
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private long sessions() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.getFileName().toString().startsWith("session-")).count();
    }
  }

  @Test
  void sessionsArePassedOnUntilTheirTimeIsOver() throws IOException {
    done(open().keepSession(ID, DATA, MINUTE));
    assertEquals("rw-------", permissions(folder().resolve("session-0102fe")));
    assertEquals("rwx------", permissions(folder()));
    now.updateAndGet(then -> then.plusSeconds(59));
    assertArrayEquals(DATA, done(open().session(ID)).orElseThrow());
    now.updateAndGet(then -> then.plusSeconds(1));
    assertTrue(done(open().session(ID)).isEmpty());
    assertTrue(done(open().session(DATA)).isEmpty());
  }

  @Test
  void sessionsThatAreOverAreSweptByTheSameClock() throws IOException {
    SharedPlace place = open();
    done(place.keepSession(ID, DATA, MINUTE));
    done(place.keepSession(new byte[] {7}, DATA, MINUTE.multipliedBy(5)));
    Files.write(folder().resolve("session-09"), new byte[] {1});
    now.updateAndGet(then -> then.plus(MINUTE));
    done(place.keepSession(new byte[] {8}, DATA, MINUTE));
    assertEquals(2, sessions());
    assertTrue(done(place.session(new byte[] {7})).isPresent());
  }

  @Test
  void oneOfTwoWritersWins() throws IOException {
    SharedPlace one = open();
    SharedPlace two = open();
    assertTrue(done(one.keys()).isEmpty());
    assertTrue(done(one.replaceKeys(Optional.empty(), DATA)));
    assertFalse(done(two.replaceKeys(Optional.empty(), ID)));
    assertArrayEquals(DATA, done(two.keys()).orElseThrow());
    assertTrue(done(two.replaceKeys(Optional.of(DATA), ID)));
    assertArrayEquals(ID, done(one.keys()).orElseThrow());
    assertEquals("rw-------", permissions(folder().resolve("ticket-keys")));
  }

  @Test
  void whoHoldsTheLockIsTheWriter() throws IOException {
    SharedPlace place = open();
    done(place.replaceKeys(Optional.empty(), DATA));
    try (FileChannel file =
            FileChannel.open(folder().resolve("ticket-keys.lock"), StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      assertTrue(lock.isValid());
      assertFalse(done(place.replaceKeys(Optional.of(DATA), ID)));
    }
    assertTrue(done(place.replaceKeys(Optional.of(DATA), ID)));
  }

  @Test
  void garbageIsReadAndReplaced() throws IOException {
    SharedPlace place = open();
    byte[] garbage = new byte[3 << 20];
    Files.write(folder().resolve("ticket-keys"), garbage);
    Files.setPosixFilePermissions(
        folder().resolve("ticket-keys"), PosixFilePermissions.fromString("rw-------"));
    Optional<byte[]> read = done(place.keys());
    assertTrue(done(place.replaceKeys(read, DATA)));
    assertArrayEquals(DATA, done(place.keys()).orElseThrow());
  }

  @Test
  void keysThatOthersCanReadAreRefused() throws IOException {
    done(open().replaceKeys(Optional.empty(), DATA));
    Files.setPosixFilePermissions(
        folder().resolve("ticket-keys"), PosixFilePermissions.fromString("rw-r--r--"));
    refused();
  }

  @Test
  void folderThatOthersCanWriteIsRefused() throws IOException {
    Files.createDirectory(folder());
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
    refused();
  }

  @Test
  void fileInPlaceOfTheFolderIsRefused() throws IOException {
    Files.write(folder(), DATA);
    refused();
  }

  private void refused() {
    ConfigurationException refused = assertThrows(ConfigurationException.class, this::open);
    assertEquals(ErrorCode.EACCES, refused.code());
    assertTrue(refused.getMessage().contains(folder().toString()), refused::getMessage);
  }

  @Test
  void identifierThatIsTooLongForAFileIsNotKept() {
    byte[] ticket = new byte[300];
    done(open().keepSession(ticket, DATA, MINUTE));
    assertTrue(done(open().session(ticket)).isEmpty());
  }
}
