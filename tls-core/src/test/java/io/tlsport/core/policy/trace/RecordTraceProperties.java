package io.tlsport.core.policy.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RecordTraceProperties {
  private static byte[] record(int type, byte[] body) {
    return ByteBuffer.allocate(5 + body.length)
        .put((byte) type)
        .putShort((short) 0x0303)
        .putShort((short) body.length)
        .put(body)
        .array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static List<String> lines(byte[] bytes, int piece) {
    List<String> lines = new ArrayList<>();
    RecordTrace trace = new RecordTrace(lines::add);
    for (int at = 0; at < bytes.length; at += piece) {
      trace.received(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
    }
    return lines;
  }

  /** HelloRequest, ServerHelloDone, ChangeCipherSpec, then what is encrypted. */
  private static byte[] flight() {
    return join(
        record(22, new byte[] {0, 0, 0, 0, 14, 0}),
        record(22, new byte[] {0, 0}),
        record(20, new byte[] {1}),
        record(22, new byte[40]),
        record(21, new byte[] {2, 40}),
        record(23, "a secret".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  @Property
  void piecesMakeNoDifference(@ForAll @IntRange(min = 1, max = 60) int piece) {
    assertEquals(
        List.of(
            "received handshake, TLSv1.2, 6 bytes",
            "  HelloRequest, 0 bytes",
            "received handshake, TLSv1.2, 2 bytes",
            "  ServerHelloDone, 0 bytes",
            "received change_cipher_spec, TLSv1.2, 1 bytes",
            "received handshake, TLSv1.2, 40 bytes, encrypted",
            "received alert, TLSv1.2, 2 bytes, encrypted",
            "received application_data, TLSv1.2, 8 bytes, encrypted"),
        lines(flight(), piece));
  }

  @Property
  void neverThrowsAndNeverPrintsControls(@ForAll byte[] noise, @ForAll boolean asRecord) {
    byte[] cut = noise.length > 1000 ? java.util.Arrays.copyOf(noise, 1000) : noise;
    for (String line : lines(asRecord ? record(22, cut) : cut, 7)) {
      assertTrue(line.chars().allMatch(c -> c >= 0x20 && c < 0x7f), line);
    }
  }

  @Property
  void quotesWhatAPeerWrote(@ForAll String text) {
    String quoted = PeerText.quoted(text);
    assertTrue(quoted.chars().allMatch(c -> c >= 0x20 && c < 0x7f), quoted);
    assertEquals(2, quoted.chars().filter(c -> c == '"').count());
  }

  @Example
  void tellsAlertsByName() {
    assertEquals(
        List.of("received alert, TLSv1.2, 2 bytes", "  fatal handshake_failure (40)"),
        lines(record(21, new byte[] {2, 40}), 100));
  }

  @Example
  void endsWhereNoRecordIs() {
    List<String> lines =
        lines("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 3);
    assertEquals(List.of("received bytes that are no TLS record: the trace ends here"), lines);
  }

  @Example
  void looksAtNoMessageWithoutBounds() {
    List<String> lines = lines(record(22, HexFormat.of().parseHex("0bffffff0000")), 100);
    assertEquals("  a message of 16777215 bytes, which is not looked at", lines.get(1));
    assertFalse(lines.size() > 2);
  }
}
