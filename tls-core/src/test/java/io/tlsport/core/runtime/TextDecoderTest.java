package io.tlsport.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextDecoderTest {
  private final TextDecoder decoder = new TextDecoder(StandardCharsets.UTF_8);

  private String decode(int... octets) {
    ByteBuffer bytes = ByteBuffer.allocate(octets.length);
    for (int octet : octets) {
      bytes.put((byte) octet);
    }
    return decoder.decode(bytes.flip());
  }

  @Test
  void waitsForTheRestOfACharacter() {
    assertEquals("a", decode('a', 0xf0, 0x9f));
    assertEquals("", decode(0x98));
    assertEquals("\ud83d\ude00b", decode(0x80, 'b'));
    assertEquals("", decoder.finish());
  }

  @Test
  void replacesWhatNeverBecameWhole() {
    assertEquals("", decode(0xe4, 0xb8));
    assertEquals("\ufffd", decoder.finish());
  }

  @Test
  void replacesWhatIsMalformed() {
    assertEquals("\ufffda", decode(0xff, 'a'));
  }

  @Test
  void saysNothingOfNothing() {
    assertEquals("", decode());
    assertEquals("", decoder.finish());
  }
}
