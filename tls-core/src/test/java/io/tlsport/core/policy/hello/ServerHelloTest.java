package io.tlsport.core.policy.hello;

import static io.tlsport.core.policy.hello.HelloWriter.join;
import static io.tlsport.core.policy.hello.HelloWriter.message;
import static io.tlsport.core.policy.hello.HelloWriter.record;
import static io.tlsport.core.policy.hello.HelloWriter.u16;
import static io.tlsport.core.policy.hello.HelloWriter.vector16;
import static io.tlsport.core.policy.hello.HelloWriter.vector8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.core.policy.hello.ClientHelloParser.Parsed;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerHelloTest {
  private static final byte[] RANDOM = new byte[32];
  private static final byte[] ID = {1, 2, 3};

  static byte[] hello(byte[] random, byte[] sessionId, byte[]... extensions) {
    byte[] fixed = join(u16(0x0303), random, vector8(sessionId), u16(0x1301), new byte[] {0});
    return extensions.length == 0 ? fixed : join(fixed, vector16(join(extensions)));
  }

  static byte[] extension(int type, byte[] data) {
    return join(u16(type), vector16(data));
  }

  private static Optional<ServerHello> parse(byte[] body) {
    return ServerHello.parse(ByteBuffer.wrap(record(22, message(2, body))));
  }

  private static ClientHello client(byte[] sessionId) {
    ByteBuffer bytes = ByteBuffer.wrap(new HelloWriter().sessionId(sessionId).records());
    return assertInstanceOf(Parsed.class, new ClientHelloParser().feed(bytes)).hello();
  }

  @Test
  void readsAnAnswerOfTls12() {
    ServerHello answer = parse(hello(RANDOM, ID)).orElseThrow();
    assertArrayEquals(RANDOM, answer.random());
    assertArrayEquals(ID, answer.sessionId());
    assertEquals(Optional.empty(), answer.version());
    assertFalse(answer.preSharedKey());
    assertFalse(answer.isHelloRetryRequest());
  }

  @Test
  void readsAnAnswerOfTls13() {
    ServerHello answer =
        parse(
                hello(
                    RANDOM,
                    ID,
                    extension(51, new byte[] {0, 29, 0, 0}),
                    extension(Extension.SUPPORTED_VERSIONS, u16(0x0304)),
                    extension(Extension.PRE_SHARED_KEY, u16(0))))
            .orElseThrow();
    assertEquals(Optional.of(0x0304), answer.version());
    assertTrue(answer.preSharedKey());
  }

  @Test
  void knowsAHelloRetryRequestByItsRandom() throws GeneralSecurityException {
    byte[] random =
        MessageDigest.getInstance("SHA-256")
            .digest("HelloRetryRequest".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertTrue(parse(hello(random, ID)).orElseThrow().isHelloRetryRequest());
  }

  @Test
  void takesASessionOfTls12ForResumedIfItsIdComesBack() {
    ServerHello answer = parse(hello(RANDOM, ID)).orElseThrow();
    assertTrue(ServerHello.resumed(client(ID), answer));
    assertFalse(ServerHello.resumed(client(new byte[] {9}), answer));
  }

  @Test
  void takesNoSessionForResumedWithoutAnId() {
    ServerHello answer = parse(hello(RANDOM, new byte[0])).orElseThrow();
    assertFalse(ServerHello.resumed(client(new byte[0]), answer));
  }

  /** TLS 1.3 repeats the compatibility id, which says nothing. */
  @Test
  void takesASessionOfTls13ForResumedIfItsKeyIsTaken() {
    byte[] version = extension(Extension.SUPPORTED_VERSIONS, u16(0x0304));
    byte[] key = extension(Extension.PRE_SHARED_KEY, u16(0));
    assertFalse(ServerHello.resumed(client(ID), parse(hello(RANDOM, ID, version)).orElseThrow()));
    assertTrue(
        ServerHello.resumed(client(ID), parse(hello(RANDOM, ID, version, key)).orElseThrow()));
  }

  @Test
  void hasNoAnswerInOtherRecordsAndMessages() {
    byte[] body = hello(RANDOM, ID);
    assertEquals(
        Optional.empty(), ServerHello.parse(ByteBuffer.wrap(record(21, message(2, body)))));
    assertEquals(
        Optional.empty(), ServerHello.parse(ByteBuffer.wrap(record(22, message(1, body)))));
  }

  @Test
  void hasNoAnswerInAPartOfOne() {
    byte[] whole = record(22, message(2, hello(RANDOM, ID)));
    for (int length = 0; length < whole.length; length++) {
      assertEquals(
          Optional.empty(), ServerHello.parse(ByteBuffer.wrap(Arrays.copyOf(whole, length))));
    }
  }

  @Test
  void readsNoMessageBeyondItsRecord() {
    byte[] message = message(2, hello(RANDOM, ID));
    byte[] first = record(22, Arrays.copyOf(message, 10));
    byte[] second = record(22, Arrays.copyOfRange(message, 10, message.length));
    assertEquals(
        Optional.empty(), ServerHello.parse(ByteBuffer.wrap(join(first, second, new byte[64]))));
  }

  @Test
  void readsNoExtensionBeyondItsLength() {
    byte[] empty = extension(Extension.SUPPORTED_VERSIONS, new byte[0]);
    byte[] behind = extension(51, new byte[36]);
    assertEquals(Optional.empty(), parse(hello(RANDOM, ID, empty, behind)));
  }
}
