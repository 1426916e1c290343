package io.tlsport.core.policy.hello;

import static io.tlsport.core.policy.hello.HelloWriter.join;
import static io.tlsport.core.policy.hello.HelloWriter.message;
import static io.tlsport.core.policy.hello.HelloWriter.record;
import static io.tlsport.core.policy.hello.HelloWriter.records;
import static io.tlsport.core.policy.hello.HelloWriter.u16;
import static io.tlsport.core.policy.hello.HelloWriter.vector16;
import static io.tlsport.core.policy.hello.HelloWriter.vector8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.EphemeralKeyInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerFlightReaderTest {
  private static final int DHE_RSA = 0x009e;
  private static final int PSK = 0x00a8;
  private static final int DHE_PSK = 0x00aa;
  private static final int ECDHE_PSK = 0xccac;
  private static final int ECDHE_RSA = 0xc02f;
  private static final int RSA = 0x009c;
  private static final byte[] RETRY =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
  private static final byte[] CHANGE_CIPHER_SPEC = record(20, new byte[] {1});
  private static final byte[] CERTIFICATE = message(11, new byte[3000]);
  private static final byte[] DONE = message(14, new byte[0]);

  static byte[] hello(byte[] random, int suite, byte[]... extensions) {
    byte[] fixed = join(u16(0x0303), random, vector8(new byte[0]), u16(suite), new byte[] {0});
    return message(2, extensions.length == 0 ? fixed : join(fixed, vector16(join(extensions))));
  }

  private static byte[] hello(int suite, byte[]... extensions) {
    return hello(new byte[32], suite, extensions);
  }

  private static byte[] finite(int bits) {
    byte[] prime = new byte[bits / 8];
    prime[0] = (byte) 0x80;
    return message(12, join(vector16(prime), vector16(new byte[] {2}), vector16(new byte[256])));
  }

  private static byte[] curve(int code) {
    return message(12, join(new byte[] {3}, u16(code), vector8(new byte[65])));
  }

  private static byte[] keyShare(int group) {
    return ServerHelloTest.extension(Extension.KEY_SHARE, join(u16(group), vector16(new byte[32])));
  }

  private static byte[] tls13() {
    return ServerHelloTest.extension(Extension.SUPPORTED_VERSIONS, u16(0x0304));
  }

  private static Optional<EphemeralKeyInfo> read(byte[] records) {
    ServerFlightReader reader = new ServerFlightReader();
    feed(reader, records);
    return reader.key();
  }

  /** Feeds records one by one. */
  private static void feed(ServerFlightReader reader, byte[] records) {
    for (int at = 0; at < records.length; ) {
      int length = 5 + ((records[at + 3] & 0xff) << 8 | (records[at + 4] & 0xff));
      ByteBuffer record = ByteBuffer.wrap(records, at, length);
      reader.record(record);
      assertEquals(length, record.remaining());
      at += length;
    }
  }

  private static Optional<EphemeralKeyInfo> dh(int size) {
    return Optional.of(new EphemeralKeyInfo(EphemeralKeyInfo.Type.DH, Optional.empty(), size));
  }

  private static Optional<EphemeralKeyInfo> p256() {
    return Optional.of(
        new EphemeralKeyInfo(EphemeralKeyInfo.Type.ECDH, Optional.of("prime256v1"), 256));
  }

  @Test
  void measuresFiniteFieldsHoweverTheFlightIsCut() {
    byte[] flight = join(hello(DHE_RSA), CERTIFICATE, finite(1024), DONE);
    for (int size : new int[] {1, 7, 500, 16384}) {
      assertEquals(dh(1024), read(records(flight, size)));
    }
  }

  @Test
  void doesNotCountZerosBeforeAPrime() {
    byte[] padded = message(12, join(vector16(new byte[] {0, 0, 127}), vector16(new byte[1])));
    assertEquals(dh(7), read(records(join(hello(DHE_RSA), padded), 100)));
  }

  @Test
  void namesTheCurveOfTls12() {
    assertEquals(p256(), read(records(join(hello(ECDHE_RSA), CERTIFICATE, curve(23)), 16384)));
    assertEquals(Optional.empty(), read(records(join(hello(ECDHE_RSA), curve(9999)), 16384)));
  }

  @Test
  void findsTheKeyBehindTheHintForPreSharedKeys() {
    byte[] hint = vector16(new byte[] {3, 0, 23});
    byte[] prime = new byte[128];
    prime[0] = (byte) 0x80;
    byte[] finite = message(12, join(hint, vector16(prime), vector16(new byte[] {2})));
    assertEquals(dh(1024), read(records(join(hello(DHE_PSK), finite), 16384)));
    byte[] curve = message(12, join(hint, new byte[] {3}, u16(23), vector8(new byte[65])));
    assertEquals(p256(), read(records(join(hello(ECDHE_PSK), curve), 16384)));
    assertEquals(Optional.empty(), read(records(join(hello(PSK), message(12, hint)), 16384)));
  }

  @Test
  void namesTheGroupOfTls13() {
    assertEquals(p256(), read(records(hello(0x1301, tls13(), keyShare(23)), 16384)));
    assertEquals(
        Optional.of(new EphemeralKeyInfo(EphemeralKeyInfo.Type.DH, Optional.of("ffdhe3072"), 3072)),
        read(records(hello(0x1301, tls13(), keyShare(257)), 16384)));
  }

  @Test
  void passesAHelloRetryRequestOver() {
    byte[] retry = hello(RETRY, 0x1301, tls13(), ServerHelloTest.extension(51, u16(24)));
    byte[] answer = hello(0x1301, tls13(), keyShare(23));
    assertEquals(
        p256(), read(join(records(retry, 16384), CHANGE_CIPHER_SPEC, records(answer, 16384))));
  }

  @Test
  void findsNothingWhereNoKeyIsMade() {
    assertEquals(Optional.empty(), read(records(join(hello(RSA), CERTIFICATE, DONE), 16384)));
    assertEquals(Optional.empty(), read(records(hello(0x1301, tls13()), 16384)));
  }

  @Test
  void looksAtNothingBehindAResumption() {
    byte[] encrypted = records(finite(512), 16384);
    assertEquals(
        Optional.empty(),
        read(join(records(hello(DHE_RSA), 16384), CHANGE_CIPHER_SPEC, encrypted)));
  }

  @Test
  void findsTheTicketOfAFullHandshake() {
    ServerFlightReader reader = new ServerFlightReader();
    feed(reader, records(join(hello(DHE_RSA), finite(512), message(14, new byte[0])), 16384));
    assertEquals(Optional.empty(), reader.ticket());
    feed(reader, records(message(4, new byte[] {0, 0, 1, 44, 0, 3, 7, 8, 9}), 16384));
    assertArrayEquals(new byte[] {7, 8, 9}, reader.ticket().orElseThrow());
    assertTrue(reader.key().isPresent());
  }

  @Test
  void takesATicketWithoutContentForNone() {
    ServerFlightReader reader = new ServerFlightReader();
    feed(reader, records(join(hello(DHE_RSA), message(4, new byte[6])), 16384));
    assertEquals(Optional.empty(), reader.ticket());
  }

  @Test
  void takesNoTicketBehindTheChangeOfCipher() {
    ServerFlightReader reader = new ServerFlightReader();
    byte[] ticket = records(message(4, new byte[] {0, 0, 1, 44, 0, 1, 7}), 16384);
    feed(reader, join(records(hello(DHE_RSA), 16384), CHANGE_CIPHER_SPEC, ticket));
    assertEquals(Optional.empty(), reader.ticket());
  }

  @Test
  void doesNotReadWithoutEnd() {
    byte[] flight = join(hello(DHE_RSA), message(11, new byte[300_000]), finite(1024));
    assertEquals(Optional.empty(), read(records(flight, 16384)));
  }

  @Test
  void givesUpOnWhatIsMalformed() {
    byte[] flight = records(join(hello(DHE_RSA), finite(1024)), 16384);
    for (int length = 6; length < 200; length++) {
      byte[] cut = Arrays.copyOf(flight, length);
      ServerFlightReader reader = new ServerFlightReader();
      reader.record(ByteBuffer.wrap(cut));
      assertEquals(Optional.empty(), reader.key());
    }
  }

  @Test
  void seesWhoDoesNotKnowSecureRenegotiation() {
    byte[] known = ServerHelloTest.extension(Extension.RENEGOTIATION_INFO, new byte[1]);
    assertTrue(insecure(hello(ECDHE_RSA)));
    assertTrue(insecure(hello(ECDHE_RSA, ServerHelloTest.extension(Extension.ALPN, new byte[9]))));
    assertFalse(insecure(hello(ECDHE_RSA, known)));
    assertFalse(insecure(hello(0x1301, tls13(), keyShare(29))));
    assertFalse(insecure(hello(RETRY, 0x1301, tls13())));
    assertFalse(insecure(CERTIFICATE));
  }

  private static boolean insecure(byte[] message) {
    ServerFlightReader reader = new ServerFlightReader();
    feed(reader, records(message, 16_384));
    return reader.insecure();
  }
}
