package io.tlsport.core.policy.hello;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Blame;
import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.hello.ClientHelloParser.NeedMore;
import io.tlsport.core.policy.hello.ClientHelloParser.Parsed;
import io.tlsport.core.policy.hello.ClientHelloParser.Rejected;
import io.tlsport.core.policy.hello.ClientHelloParser.Result;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ClientHelloParserProperties {
  /**
   * What a client says.
   *
   * @param host empty: none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Said(
      byte[] sessionId,
      List<Integer> suites,
      Optional<String> host,
      List<String> alpn,
      List<Integer> versions,
      List<Integer> groups,
      List<Integer> schemes) {
    HelloWriter writer() {
      HelloWriter writer = new HelloWriter().sessionId(sessionId).suites(suites);
      host.ifPresent(writer::host);
      writer.extension(0x0a0a);
      if (!alpn.isEmpty()) {
        writer.alpn(alpn);
      }
      if (!versions.isEmpty()) {
        writer.versions(versions);
      }
      return writer.groups(groups).schemes(schemes);
    }
  }

  @Provide
  Arbitrary<Said> said() {
    Arbitrary<byte[]> sessionId = Arbitraries.bytes().array(byte[].class).ofMaxSize(32);
    Arbitrary<List<Integer>> numbers = number().list().ofMaxSize(40);
    Arbitrary<String> label =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('A', 'Z')
            .ofMinLength(1)
            .ofMaxLength(8);
    Arbitrary<Optional<String>> host =
        label.list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels)).optional();
    Arbitrary<List<String>> alpn =
        Arbitraries.strings()
            .ofMinLength(1)
            .ofMaxLength(60)
            .filter(ClientHelloParserProperties::encodes)
            .list()
            .ofMaxSize(5);
    return Combinators.combine(
            sessionId,
            number().list().ofMinSize(1).ofMaxSize(60),
            host,
            alpn,
            number().list().ofMaxSize(6),
            numbers,
            numbers)
        .as(Said::new);
  }

  private static Arbitrary<Integer> number() {
    return Arbitraries.integers().between(0, 0xffff);
  }

  /** Whole characters only: half of a surrogate pair has no UTF-8. */
  private static boolean encodes(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Property(tries = 300)
  void readsWhatWasWritten(@ForAll("said") Said said) {
    byte[] bytes = said.writer().records();
    ClientHello hello =
        assertInstanceOf(Parsed.class, new ClientHelloParser().feed(ByteBuffer.wrap(bytes)))
            .hello();
    assertArrayEquals(said.sessionId(), hello.sessionId());
    assertEquals(said.suites(), hello.cipherSuites());
    assertEquals(said.host().map(name -> name.toLowerCase(Locale.ROOT)), hello.serverName());
    assertEquals(said.alpn(), hello.alpnProtocols());
    assertEquals(said.groups(), hello.supportedGroups());
    assertEquals(said.schemes(), hello.signatureSchemes());
    for (ProtocolVersion version : ProtocolVersion.values()) {
      boolean expected =
          said.versions().isEmpty()
              ? version != ProtocolVersion.TLS_1_3
              : said.versions().contains(version.code());
      assertEquals(expected, hello.offers(version));
    }
  }

  @Property(tries = 1000)
  void anyBytesGiveAResultOrAnError(@ForAll @Size(max = 200) byte[] bytes) {
    assertTyped(new ClientHelloParser().feed(ByteBuffer.wrap(bytes)));
  }

  /** Random bytes hardly ever get beyond the first one; these do. */
  @Property(tries = 2000)
  void damagedHellosGiveAResultOrAnError(
      @ForAll("said") Said said,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 0xffffff) Integer> damage) {
    assertTyped(new ClientHelloParser().feed(ByteBuffer.wrap(damaged(said, damage))));
  }

  @Property(tries = 1000)
  void theMannerOfArrivalDoesNotMatter(
      @ForAll("said") Said said,
      @ForAll @Size(max = 2) List<@IntRange(max = 0xffffff) Integer> damage,
      @ForAll @IntRange(min = 1, max = 300) int recordSize,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 90) Integer> pieces) {
    byte[] bytes = damaged(HelloWriter.records(said.writer().message(), recordSize), damage);
    assertEquals(
        describe(new ClientHelloParser().feed(ByteBuffer.wrap(bytes))),
        describe(feed(bytes, pieces)));
    assertEquals(
        describe(new ClientHelloParser().feed(ByteBuffer.wrap(bytes))),
        describe(feed(bytes, List.of(1))));
  }

  private static Result feed(byte[] bytes, List<Integer> pieces) {
    ClientHelloParser parser = new ClientHelloParser();
    Result result = new NeedMore();
    for (int at = 0, i = 0; at < bytes.length && result instanceof NeedMore; i++) {
      int end = Math.min(bytes.length, at + pieces.get(i % pieces.size()));
      result = parser.feed(ByteBuffer.wrap(bytes, at, end - at));
      at = end;
    }
    return result;
  }

  private static byte[] damaged(Said said, List<Integer> damage) {
    return damaged(said.writer().records(), damage);
  }

  /** Each damage says where and what. */
  private static byte[] damaged(byte[] bytes, List<Integer> damage) {
    byte[] changed = bytes.clone();
    for (int where : damage) {
      changed[(where >> 8) % changed.length] = (byte) where;
    }
    return changed;
  }

  private static void assertTyped(Result result) {
    if (result instanceof Rejected rejected) {
      HelloError error = rejected.error();
      assertEquals(Blame.PEER, error.code().blame());
      assertTrue(error.alert() >= HelloError.NO_ALERT && error.alert() < 256);
      assertTrue(error.message().chars().allMatch(c -> c >= ' ' && c <= '~'), error::message);
    }
  }

  private static String describe(Result result) {
    if (result instanceof Parsed parsed) {
      ClientHello hello = parsed.hello();
      return List.of(
              Arrays.toString(hello.sessionId()),
              hello.cipherSuites(),
              hello.serverName(),
              hello.alpnProtocols(),
              hello.supportedGroups(),
              hello.signatureSchemes(),
              hello.legacyVersion())
          .toString();
    }
    return result.toString();
  }
}
