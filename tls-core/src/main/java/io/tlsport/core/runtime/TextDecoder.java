package io.tlsport.core.runtime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/** Bytes to text across chunks: a character that is cut by a chunk's end waits for its rest. */
final class TextDecoder {
  private final CharsetDecoder decoder;
  private ByteBuffer rest = ByteBuffer.allocate(0);

  TextDecoder(Charset charset) {
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** What can be said after these bytes; may be empty. */
  String decode(ByteBuffer bytes) {
    return decode(bytes, false);
  }

  /** What is left at the end: U+FFFD for a character that never became whole. */
  String finish() {
    return decode(ByteBuffer.allocate(0), true);
  }

  private String decode(ByteBuffer bytes, boolean end) {
    ByteBuffer in = rest.hasRemaining() ? joined(bytes) : bytes;
    int most = (int) Math.ceil((in.remaining() + 1) * (double) decoder.maxCharsPerByte()) + 2;
    CharBuffer out = CharBuffer.allocate(most);
    decoder.decode(in, out, end);
    if (end) {
      decoder.flush(out);
    }
    rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
    return out.flip().toString();
  }

  private ByteBuffer joined(ByteBuffer bytes) {
    return ByteBuffer.allocate(rest.remaining() + bytes.remaining()).put(rest).put(bytes).flip();
  }
}
