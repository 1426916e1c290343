package io.tlsport;

import static io.tlsport.Codes.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTest {
  @TempDir private Path directory;

  @Test
  void readsAFileAndRemembersItsName() throws IOException {
    Path file = Files.writeString(directory.resolve("key.pem"), "content");
    Pem pem = Pem.read(file);
    assertArrayEquals("content".getBytes(UTF_8), pem.bytes());
    assertEquals(file.toString(), pem.origin());
  }

  @Test
  void saysWhichFileIsMissing() {
    Path file = directory.resolve("absent.pem");
    assertRefused(ErrorCode.ENOENT, () -> Pem.read(file), file.toString());
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertRefused(ErrorCode.EIO, () -> Pem.read(directory), directory.toString());
  }

  @Test
  void neverPrintsItsContent() {
    assertFalse(Pem.of("private").toString().contains("private"));
    assertTrue(Pem.of("private").toString().contains("7 bytes"));
  }

  @Test
  void carriesAPassphraseOfItsOwn() {
    Pem pem = Pem.of("private");
    assertEquals(Optional.empty(), pem.passphrase());
    Pem locked = pem.withPassphrase("sesame");
    assertArrayEquals("sesame".toCharArray(), locked.passphrase().orElseThrow().chars());
    assertArrayEquals(pem.bytes(), locked.bytes());
    assertEquals(pem.origin(), locked.origin());
    assertEquals(pem.toString(), locked.toString());
  }

  @Test
  void keepsItsBytesToItself() {
    byte[] given = {1, 2};
    Pem pem = Pem.of(given);
    given[0] = 9;
    pem.bytes()[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, pem.bytes());
  }

  @Test
  void takesTextAsUtf8() {
    assertArrayEquals(new byte[] {(byte) 0xc3, (byte) 0xa9}, Pem.of("é").bytes());
  }
}
