package io.tlsport.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TextDecoderProperties {
  @Provide
  Arbitrary<Charset> charset() {
    return Arbitraries.of(
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_16LE,
        StandardCharsets.UTF_16,
        StandardCharsets.ISO_8859_1,
        StandardCharsets.US_ASCII);
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.oneOf(
            Arbitraries.of("a", "\u00e9", "\u4e2d", "\ud83d\ude00", "\u0000", "\ufffd"),
            Arbitraries.strings().ofMaxLength(3))
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  private static String decoded(Charset charset, byte[] bytes, List<Integer> pieces) {
    TextDecoder decoder = new TextDecoder(charset);
    StringBuilder text = new StringBuilder();
    for (int at = 0, i = 0; at < bytes.length; i++) {
      int end = Math.min(bytes.length, at + pieces.get(i % pieces.size()));
      text.append(decoder.decode(ByteBuffer.wrap(bytes, at, end - at).asReadOnlyBuffer()));
      at = end;
    }
    return text.append(decoder.finish()).toString();
  }

  /** What cannot be encoded is replaced on both ways. */
  @Property(tries = 500)
  void anyCutGivesTheText(
      @ForAll("charset") Charset charset,
      @ForAll("text") String text,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 7) Integer> pieces) {
    byte[] bytes = text.getBytes(charset);
    assertEquals(new String(bytes, charset), decoded(charset, bytes, pieces));
  }

  @Property(tries = 500)
  void anyBytesGiveWhatTheyGiveAtOnce(
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 5) Integer> pieces) {
    assertEquals(
        new String(bytes, StandardCharsets.UTF_8), decoded(StandardCharsets.UTF_8, bytes, pieces));
  }
}
