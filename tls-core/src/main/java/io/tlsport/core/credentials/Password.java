package io.tlsport.core.credentials;

import io.tlsport.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A passphrase, in the forms in which key derivations take it. */
final class Password implements AutoCloseable {
  private final char[] chars;
  private final boolean absent;

  private Password(char[] chars, boolean absent) {
    this.chars = chars;
    this.absent = absent;
  }

  static Password of(Secret secret) {
    return new Password(secret.chars(), false);
  }

  /**
   * What may be meant: without a passphrase, or with an empty one, PKCS#12 knows both the empty
   * text and none at all, and tools differ.
   */
  static List<Password> meantBy(Optional<Secret> secret) {
    Password given = secret.map(Password::of).orElseGet(() -> new Password(new char[0], false));
    return given.chars.length > 0
        ? List.of(given)
        : List.of(given, new Password(new char[0], true));
  }

  /** As PBKDF2 in the JCA wants it; not a copy. */
  char[] chars() {
    return chars;
  }

  /** As PBKDF1 and OpenSSL's own derivation take it; the caller wipes it. */
  byte[] utf8() {
    byte[] room = new byte[3 * chars.length];
    ByteBuffer out = ByteBuffer.wrap(room);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(chars), out, true);
    byte[] bytes = Arrays.copyOf(room, out.position());
    Arrays.fill(room, (byte) 0);
    return bytes;
  }

  /** As PKCS#12 takes it: big-endian, with a zero at its end; the caller wipes it. */
  byte[] bmp() {
    byte[] bytes = new byte[absent ? 0 : 2 * chars.length + 2];
    for (int i = 0; i < chars.length; i++) {
      bytes[2 * i] = (byte) (chars[i] >> 8);
      bytes[2 * i + 1] = (byte) chars[i];
    }
    return bytes;
  }

  @Override
  public void close() {
    Arrays.fill(chars, '\0');
  }
}
