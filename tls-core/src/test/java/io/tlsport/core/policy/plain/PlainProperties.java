package io.tlsport.core.policy.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.PlainHttp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Bytes of anybody, in any pieces: there is always an answer, and never another one. */
class PlainProperties {
  @Provide
  Arbitrary<byte[]> headers() {
    Arbitrary<String> lines =
        Arbitraries.of(
            "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n",
            "PROXY UNKNOWN\r\n",
            "PROXY TCP6 ::1 ::2 1 2\r\n",
            "PROXY TCP4 1 2 3\r\n",
            "\r\n\r\n\0\r\nQUIT\n!\21\0\14abcdefghijklrest",
            "SSH-2.0-x\r\n");
    Arbitrary<byte[]> wild = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    return Arbitraries.oneOf(lines.map(text -> text.getBytes(StandardCharsets.ISO_8859_1)), wild);
  }

  @Property(tries = 500)
  void piecesMakeNoDifferenceToAHeader(@ForAll("headers") byte[] bytes) {
    ByteBuffer whole = ByteBuffer.wrap(bytes);
    ProxyHeader.Result atOnce = new ProxyHeader().feed(whole);
    ProxyHeader pieces = new ProxyHeader();
    ProxyHeader.Result last = new ProxyHeader.NeedMore();
    int used = 0;
    while (used < bytes.length && last instanceof ProxyHeader.NeedMore) {
      last = pieces.feed(ByteBuffer.wrap(bytes, used++, 1));
    }
    assertEquals(atOnce, last);
    assertEquals(whole.position(), used);
  }

  @Provide
  Arbitrary<String> requests() {
    Arbitrary<String> wild = Arbitraries.strings().ofMaxLength(60);
    Arbitrary<String> host =
        Arbitraries.oneOf(wild, Arbitraries.of("a.example", "a.example:8443", "[::1]:1", "a b"));
    Arbitrary<String> target = Arbitraries.oneOf(wild, Arbitraries.of("/", "/a?b=c", "//x"));
    return net.jqwik.api.Combinators.combine(target, host)
        .as((path, name) -> "GET " + path + " HTTP/1.1\r\nHost: " + name + "\r\n\r\n");
  }

  @Property(tries = 500)
  void anAnswerIsOneWellFormedResponse(@ForAll("requests") String request) {
    byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
    Optional<String> answer = new PlainRequest(PlainHttp.REDIRECT).feed(ByteBuffer.wrap(bytes));
    String text = answer.orElseThrow();
    assertTrue(text.startsWith("HTTP/1.1 301 ") || text.startsWith("HTTP/1.1 400 "), () -> text);
    String head = text.substring(0, text.indexOf("\r\n\r\n"));
    long locations = head.lines().filter(line -> line.startsWith("Location: https://")).count();
    assertEquals(text.startsWith("HTTP/1.1 301 ") ? 1 : 0, locations);
    assertTrue(head.lines().count() <= 5, () -> head);
  }

  @Property(tries = 20)
  void aRequestWithoutAnEndIsAnsweredInTheEnd(@ForAll("requests") String request) {
    PlainRequest endless = new PlainRequest(PlainHttp.REDIRECT);
    byte[] start = ("GET /" + request.replaceAll("[\r\n]", "")).getBytes(StandardCharsets.US_ASCII);
    assertFalse(endless.feed(ByteBuffer.wrap(start)).isPresent());
    assertTrue(endless.feed(ByteBuffer.allocate(9000)).isPresent());
  }
}
