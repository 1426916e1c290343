package io.tlsport.chaos;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A ClientHello of TLS 1.2 with any extensions in any number, and any records around it. */
final class Hello {
  private static final int HEADER = 5;

  private final List<byte[]> extensions = new ArrayList<>();

  /** What every server with an EC certificate accepts. */
  static Hello usual() {
    return new Hello()
        .extension(10, 0, 2, 0, 0x17)
        .extension(11, 1, 0)
        .extension(13, 0, 6, 4, 3, 8, 4, 4, 1)
        .extension(23)
        .extension(0xff01, 0);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] vector16(byte[] content) {
    return join(bytes(content.length >> 8, content.length), content);
  }

  Hello extension(int type, int... content) {
    return raw(join(bytes(type >> 8, type), vector16(bytes(content))));
  }

  /** What stands among the extensions, whatever it is. */
  Hello raw(byte[] bytes) {
    extensions.add(bytes);
    return this;
  }

  Hello name(String host) {
    byte[] name = host.getBytes(StandardCharsets.US_ASCII);
    byte[] list = vector16(join(bytes(0), vector16(name)));
    return raw(join(bytes(0, 0), vector16(list)));
  }

  Hello protocols(byte[] list) {
    return raw(join(bytes(0, 16), vector16(list)));
  }

  /** The message with its head. */
  byte[] message() {
    byte[] body =
        join(
            bytes(3, 3),
            new byte[32],
            bytes(0), // no session
            vector16(bytes(0xc0, 0x2b, 0xc0, 0x2c)),
            bytes(1, 0), // no compression
            vector16(join(extensions.toArray(byte[][]::new))));
    return join(bytes(1, body.length >> 16, body.length >> 8, body.length), body);
  }

  /** As records of at most so many bytes. */
  byte[] records(int size) {
    return records(message(), size);
  }

  /** A message as records of at most so many bytes. */
  static byte[] records(byte[] message, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + HEADER);
    for (int at = 0; at < message.length; at += size) {
      int length = Math.min(size, message.length - at);
      out.writeBytes(bytes(22, 3, 1, length >> 8, length));
      out.write(message, at, length);
    }
    return out.toByteArray();
  }
}
