package io.tlsport.core.policy.hello;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes ClientHellos, right ones and wrong ones, and the records around them. */
final class HelloWriter {
  static final byte[] RANDOM = new byte[32];

  private int version = 0x0303;
  private byte[] sessionId = {};
  private List<Integer> suites = List.of(0x1301);
  private byte[] compression = {0};
  private final List<byte[]> extensions = new ArrayList<>();

  HelloWriter version(int number) {
    version = number;
    return this;
  }

  HelloWriter sessionId(byte[] id) {
    sessionId = id;
    return this;
  }

  HelloWriter suites(List<Integer> codes) {
    suites = codes;
    return this;
  }

  HelloWriter compression(byte... methods) {
    compression = methods;
    return this;
  }

  HelloWriter extension(int type, byte... data) {
    extensions.add(join(u16(type), vector16(data)));
    return this;
  }

  /** One host name, as bytes of its own choice. */
  HelloWriter host(byte[] name) {
    return extension(Extension.SERVER_NAME, vector16(join(new byte[] {0}, vector16(name))));
  }

  HelloWriter host(String name) {
    return host(name.getBytes(ISO_8859_1));
  }

  HelloWriter alpn(List<String> protocols) {
    byte[][] names =
        protocols.stream().map(name -> vector8(name.getBytes(UTF_8))).toArray(byte[][]::new);
    return extension(Extension.ALPN, vector16(join(names)));
  }

  HelloWriter versions(List<Integer> codes) {
    return extension(Extension.SUPPORTED_VERSIONS, vector8(numbers(codes)));
  }

  HelloWriter groups(List<Integer> codes) {
    return extension(Extension.SUPPORTED_GROUPS, vector16(numbers(codes)));
  }

  HelloWriter schemes(List<Integer> codes) {
    return extension(Extension.SIGNATURE_ALGORITHMS, vector16(numbers(codes)));
  }

  /** The body of the handshake message. */
  byte[] body() {
    byte[] fixed =
        join(
            u16(version),
            RANDOM,
            vector8(sessionId),
            vector16(numbers(suites)),
            vector8(compression));
    return extensions.isEmpty()
        ? fixed
        : join(fixed, vector16(join(extensions.toArray(byte[][]::new))));
  }

  /** The handshake message. */
  byte[] message() {
    return message(1, body());
  }

  /** In one record, or in as many as it takes. */
  byte[] records() {
    return records(message(), 16384);
  }

  static byte[] message(int type, byte[] body) {
    return join(new byte[] {(byte) type}, u24(body.length), body);
  }

  /** Cut into handshake records of at most that many bytes. */
  static byte[] records(byte[] message, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < message.length; at += size) {
      out.writeBytes(
          record(22, Arrays.copyOfRange(message, at, Math.min(message.length, at + size))));
    }
    return out.toByteArray();
  }

  static byte[] record(int type, byte[] content) {
    return join(new byte[] {(byte) type, 3, 1}, vector16(content));
  }

  static byte[] u16(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  static byte[] u24(int value) {
    return new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
  }

  static byte[] numbers(List<Integer> values) {
    ByteBuffer out = ByteBuffer.allocate(2 * values.size());
    values.forEach(value -> out.putShort(value.shortValue()));
    return out.array();
  }

  static byte[] vector8(byte[] content) {
    return join(new byte[] {(byte) content.length}, content);
  }

  static byte[] vector16(byte[] content) {
    return join(u16(content.length), content);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
