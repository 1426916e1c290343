package io.tlsport.core.policy.hello;

import static io.tlsport.core.policy.hello.HelloWriter.join;
import static io.tlsport.core.policy.hello.HelloWriter.message;
import static io.tlsport.core.policy.hello.HelloWriter.record;
import static io.tlsport.core.policy.hello.HelloWriter.records;
import static io.tlsport.core.policy.hello.HelloWriter.vector16;
import static io.tlsport.core.policy.hello.HelloWriter.vector8;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.hello.ClientHelloParser.NeedMore;
import io.tlsport.core.policy.hello.ClientHelloParser.Parsed;
import io.tlsport.core.policy.hello.ClientHelloParser.Rejected;
import io.tlsport.core.policy.hello.ClientHelloParser.Result;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloParserTest {
  private static Result parse(byte[] bytes) {
    return new ClientHelloParser().feed(ByteBuffer.wrap(bytes));
  }

  private static ClientHello parsed(HelloWriter hello) {
    return assertInstanceOf(Parsed.class, parse(hello.records())).hello();
  }

  private static HelloError rejected(byte[] bytes) {
    return assertInstanceOf(Rejected.class, parse(bytes)).error();
  }

  private static void assertRejected(ErrorCode code, int alert, byte[] bytes) {
    HelloError error = rejected(bytes);
    assertEquals(code, error.code(), error::message);
    assertEquals(alert, error.alert());
    assertFalse(error.message().isEmpty());
  }

  private static void assertMalformed(HelloWriter hello) {
    assertRejected(ErrorCode.ERR_SSL_DECODE_ERROR, HelloError.DECODE_ERROR, hello.records());
  }

  private static void assertIllegal(HelloWriter hello) {
    assertRejected(ErrorCode.ERR_SSL_DECODE_ERROR, HelloError.ILLEGAL_PARAMETER, hello.records());
  }

  /** A hello of the JDK's making: nothing of it was written with this parser in mind. */
  private static byte[] ofTheJdk() throws GeneralSecurityException, SSLException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine("peer", 443);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName("WWW.Example.com")));
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    parameters.setCipherSuites(
        new String[] {"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
    engine.setSSLParameters(parameters);
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), out);
    byte[] hello = new byte[out.flip().remaining()];
    out.get(hello);
    return hello;
  }

  @Test
  void readsWhatTheJdkWrites() throws GeneralSecurityException, SSLException {
    ClientHello hello = assertInstanceOf(Parsed.class, parse(ofTheJdk())).hello();
    assertEquals(Optional.of("www.example.com"), hello.serverName());
    assertEquals(List.of("h2", "http/1.1"), hello.alpnProtocols());
    assertTrue(hello.cipherSuites().containsAll(List.of(0x1301, 0xc02f)));
    assertTrue(hello.offers(ProtocolVersion.TLS_1_3));
    assertTrue(hello.offers(ProtocolVersion.TLS_1_2));
    assertFalse(hello.offers(ProtocolVersion.TLS_1_0));
    assertTrue(hello.supportedGroups().contains(0x001d));
    assertTrue(hello.signatureSchemes().contains(0x0804));
    assertTrue(hello.asksForStatus());
    assertFalse(hello.offersNpn());
    assertTrue(hello.preSharedKeys().isEmpty());
    assertEquals(32, hello.sessionId().length);
  }

  private static ClientHello withKeys(byte... modes) {
    byte[] session = join(vector16(new byte[] {1}), new byte[] {0, 0, 1, 0});
    byte[] first = join(vector16(new byte[] {2}), new byte[4]);
    byte[] second = join(vector16(new byte[] {3}), new byte[4]);
    byte[] binders = vector16(vector8(new byte[32]));
    HelloWriter hello =
        new HelloWriter()
            .extension(Extension.PSK_KEY_EXCHANGE_MODES, vector8(modes))
            .extension(
                Extension.PRE_SHARED_KEY, join(vector16(join(session, first, second)), binders));
    return assertInstanceOf(Parsed.class, parse(hello.records())).hello();
  }

  private static List<Byte> firstBytes(List<byte[]> identities) {
    return identities.stream().map(identity -> identity[0]).toList();
  }

  @Test
  void tellsKeysFromSessionsByTheirAge() {
    ClientHello hello = withKeys((byte) 0, (byte) 1);
    assertEquals(List.of((byte) 1, (byte) 2, (byte) 3), firstBytes(hello.preSharedKeys()));
    assertEquals(List.of((byte) 2, (byte) 3), firstBytes(hello.externalKeys()));
  }

  @Test
  void keysWithoutAKeyExchangeAreNoneForUs() {
    assertTrue(withKeys((byte) 0).externalKeys().isEmpty());
    assertEquals(3, withKeys((byte) 0).preSharedKeys().size());
  }

  @Test
  void leavesWhatFollowsTheHello() {
    byte[] hello = new HelloWriter().records();
    ByteBuffer bytes = ByteBuffer.wrap(join(hello, record(23, new byte[] {1, 2, 3})));
    assertInstanceOf(Parsed.class, new ClientHelloParser().feed(bytes));
    assertEquals(hello.length, bytes.position());
  }

  @Test
  void leavesWhatFollowsTheHelloInItsOwnRecord() {
    byte[] message = new HelloWriter().message();
    ByteBuffer bytes = ByteBuffer.wrap(record(22, join(message, new byte[] {20, 0, 0, 0})));
    assertInstanceOf(Parsed.class, new ClientHelloParser().feed(bytes));
    assertEquals(4, bytes.remaining());
  }

  @Test
  void waitsForTheWholeHello() {
    byte[] hello = new HelloWriter().host("example.com").records();
    ClientHelloParser parser = new ClientHelloParser();
    for (int i = 0; i < hello.length - 1; i++) {
      assertInstanceOf(NeedMore.class, parser.feed(ByteBuffer.wrap(hello, i, 1)));
    }
    assertInstanceOf(Parsed.class, parser.feed(ByteBuffer.wrap(hello, hello.length - 1, 1)));
  }

  @Test
  void takesAHelloOfSixtyFourKilobytes() {
    HelloWriter hello = new HelloWriter();
    int room = ClientHelloParser.MAX_HELLO - hello.body().length - 2;
    hello.extension(0xfe00, new byte[room - 4]);
    assertEquals(ClientHelloParser.MAX_HELLO, hello.body().length);
    assertInstanceOf(Parsed.class, parse(hello.records()));
  }

  @Test
  void refusesALongerHelloAsSoonAsItSaysItsLength() {
    byte[] start = message(1, new byte[ClientHelloParser.MAX_HELLO + 1]);
    byte[] fourBytes = {start[0], start[1], start[2], start[3]};
    assertRejected(
        ErrorCode.ERR_SSL_EXCESSIVE_MESSAGE_SIZE,
        HelloError.ILLEGAL_PARAMETER,
        record(22, fourBytes));
  }

  @Test
  void takesLongRecordsAndRefusesLongerOnes() {
    byte[] longest = {22, 3, 1, 0x48, 0};
    assertInstanceOf(NeedMore.class, parse(longest));
    assertRejected(
        ErrorCode.ERR_SSL_EXCESSIVE_MESSAGE_SIZE,
        HelloError.RECORD_OVERFLOW,
        new byte[] {22, 3, 1, 0x48, 1});
  }

  @Test
  void refusesAnEmptyRecord() {
    assertRejected(
        ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
        HelloError.UNEXPECTED_MESSAGE,
        record(22, new byte[0]));
  }

  @Test
  void takesAThousandRecordsAndNotMany() {
    HelloWriter hello = new HelloWriter();
    int room = 1024 - hello.message().length - 2;
    byte[] fits = hello.extension(0xfe00, new byte[room - 4]).message();
    assertInstanceOf(Parsed.class, parse(records(fits, 1)));
    byte[] more = new HelloWriter().extension(0xfe00, new byte[room - 3]).message();
    assertRejected(
        ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE, HelloError.UNEXPECTED_MESSAGE, records(more, 1));
  }

  /** What copies all that it has for every byte would take minutes for this. */
  @Test
  void takesOneByteAtATimeInLinearTime() {
    HelloWriter writer = new HelloWriter();
    writer.extension(0xfe00, new byte[ClientHelloParser.MAX_HELLO - writer.body().length - 6]);
    byte[] hello = writer.records();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int round = 0; round < 100; round++) {
            ClientHelloParser parser = new ClientHelloParser();
            Result result = new NeedMore();
            for (byte one : hello) {
              result = parser.feed(ByteBuffer.wrap(new byte[] {one}));
            }
            assertInstanceOf(Parsed.class, result);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n", "PRI * HTTP/2.0\r\n", "PUT /x", "POST"})
  void tellsHttpFromTls(String text) {
    assertRejected(ErrorCode.ERR_SSL_HTTP_REQUEST, HelloError.NO_ALERT, text.getBytes(US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0",
        "\u0080.\u0001",
        "get",
        "SSH-2.0-x\r\n",
        "EHLO x",
        "GEX ",
        "\u0016\u0002",
        "\u0016\u0000"
      })
  void tellsOtherProtocolsFromTls(String text) {
    assertRejected(
        ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER,
        HelloError.NO_ALERT,
        text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Test
  void answersNoAlertWithAnAlert() {
    assertRejected(
        ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE, HelloError.NO_ALERT, record(21, new byte[] {2, 40}));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 23, 24})
  void refusesOtherRecords(int type) {
    assertRejected(
        ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
        HelloError.UNEXPECTED_MESSAGE,
        record(type, new byte[] {1}));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 11, 255})
  void refusesOtherMessages(int type) {
    assertRejected(
        ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
        HelloError.UNEXPECTED_MESSAGE,
        records(message(type, new HelloWriter().body()), 16384));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x0002, 0x0200, 0x0403, 0x7f1c})
  void refusesVersionsThatNeverWere(int version) {
    assertRejected(
        ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL,
        HelloError.PROTOCOL_VERSION,
        new HelloWriter().version(version).records());
  }

  @Test
  void refusesAHelloWithoutContent() {
    assertRejected(
        ErrorCode.ERR_SSL_DECODE_ERROR,
        HelloError.DECODE_ERROR,
        records(message(1, new byte[0]), 16384));
  }

  @Test
  void refusesALongSessionId() {
    assertArrayEquals(new byte[32], parsed(new HelloWriter().sessionId(new byte[32])).sessionId());
    assertMalformed(new HelloWriter().sessionId(new byte[33]));
  }

  @Test
  void refusesAHelloThatOffersNothing() {
    assertMalformed(new HelloWriter().suites(List.of()));
    assertMalformed(new HelloWriter().compression());
  }

  @Test
  void refusesAnExtensionThatComesTwice() {
    assertIllegal(new HelloWriter().extension(0xfe00).extension(0xfe00));
  }

  @Test
  void refusesWhatFollowsTheExtensions() {
    byte[] body = join(new HelloWriter().extension(0xfe00).body(), new byte[] {0});
    assertRejected(
        ErrorCode.ERR_SSL_DECODE_ERROR, HelloError.DECODE_ERROR, records(message(1, body), 16384));
  }

  @Test
  void isContentWithoutExtensions() {
    ClientHello hello = parsed(new HelloWriter().version(0x0301));
    assertEquals(Optional.empty(), hello.serverName());
    assertEquals(List.of(), hello.alpnProtocols());
    assertEquals(List.of(), hello.signatureSchemes());
    assertEquals(Optional.empty(), hello.sessionTicket());
    assertTrue(hello.offers(ProtocolVersion.TLS_1_0));
    assertFalse(hello.offers(ProtocolVersion.TLS_1_2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"example.com", "EXAMPLE.com", "example.com.", "a_b.example", "xn--bcher-kva.de"})
  void readsHostNamesWithoutCaseAndTrailingDot(String sent) {
    String expected = sent.toLowerCase(java.util.Locale.ROOT).replaceFirst("\\.$", "");
    assertEquals(Optional.of(expected), parsed(new HelloWriter().host(sent)).serverName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "2001:db8::1", "999.1.1.1"})
  void takesAnAddressForNoName(String sent) {
    assertEquals(Optional.empty(), parsed(new HelloWriter().host(sent)).serverName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a..b",
        ".a",
        "a.b..",
        "*",
        "*.example.com",
        "a b",
        "a\0.example.com",
        "good.com\0evil.com",
        "b\u00fccher.de",
        "-a.com",
        "a-.com",
        "a\n.com",
        "a/b"
      })
  void refusesWhatIsNoHost(String sent) {
    assertIllegal(new HelloWriter().host(sent));
  }

  @Test
  void refusesLongLabelsAndLongNames() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertEquals(Optional.of(longest), parsed(new HelloWriter().host(longest)).serverName());
    assertIllegal(new HelloWriter().host("a".repeat(64) + ".com"));
    assertIllegal(new HelloWriter().host(longest + "a"));
    assertIllegal(new HelloWriter().host("a.".repeat(30000) + "a"));
  }

  @Test
  void refusesTwoHosts() {
    byte[] host = join(new byte[] {0}, vector16("a.com".getBytes(US_ASCII)));
    assertMalformed(new HelloWriter().extension(Extension.SERVER_NAME, vector16(join(host, host))));
  }

  @Test
  void passesOverNamesOfOtherKinds() {
    byte[] other = join(new byte[] {7}, vector16(new byte[] {0, 1, 2}));
    byte[] host = join(new byte[] {0}, vector16("a.com".getBytes(US_ASCII)));
    assertEquals(
        Optional.of("a.com"),
        parsed(new HelloWriter().extension(Extension.SERVER_NAME, vector16(join(other, host))))
            .serverName());
  }

  @Test
  void refusesAServerNameExtensionWithoutNames() {
    assertMalformed(new HelloWriter().extension(Extension.SERVER_NAME));
    assertMalformed(new HelloWriter().extension(Extension.SERVER_NAME, vector16(new byte[0])));
  }

  @Test
  void refusesAProtocolWithoutAName() {
    assertMalformed(new HelloWriter().alpn(List.of("h2", "")));
    assertMalformed(new HelloWriter().alpn(List.of()));
  }

  @Test
  void readsProtocolNamesAsUtf8() {
    assertEquals(
        List.of("h\u00e9"), parsed(new HelloWriter().alpn(List.of("h\u00e9"))).alpnProtocols());
  }

  @Test
  void seesTheExtensionsThatAreFlags() {
    ClientHello hello =
        parsed(
            new HelloWriter()
                .extension(
                    Extension.STATUS_REQUEST, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0)
                .extension(Extension.NEXT_PROTOCOL)
                .extension(Extension.SESSION_TICKET, "ticket".getBytes(UTF_8))
                .extension(Extension.PRE_SHARED_KEY, PRE_SHARED_KEYS));
    assertTrue(hello.asksForStatus());
    assertTrue(hello.offersNpn());
    assertArrayEquals("ticket".getBytes(UTF_8), hello.sessionTicket().orElseThrow());
  }

  /** Two identities, of two bytes and of one, with their ages; and no binders. */
  private static final byte[] PRE_SHARED_KEYS = {
    0, 15, 0, 2, 1, 2, 9, 9, 9, 9, 0, 1, 3, 9, 9, 9, 9, 0, 0
  };

  @Test
  void seesByWhatAClientWantsToResume() {
    ClientHello hello =
        parsed(
            new HelloWriter()
                .extension(Extension.SESSION_TICKET, "ticket".getBytes(UTF_8))
                .extension(Extension.PRE_SHARED_KEY, PRE_SHARED_KEYS));
    List<byte[]> identities = hello.offeredSessions(ProtocolVersion.TLS_1_3);
    assertEquals(2, identities.size());
    assertArrayEquals(new byte[] {1, 2}, identities.get(0));
    assertArrayEquals(new byte[] {3}, identities.get(1));
    List<byte[]> before = hello.offeredSessions(ProtocolVersion.TLS_1_2);
    assertArrayEquals("ticket".getBytes(UTF_8), before.get(before.size() - 1));
    assertEquals(hello.sessionId().length > 0 ? 2 : 1, before.size());
  }

  @Test
  void refusesPreSharedKeysThatAreCut() {
    for (int length = 1; length < 17; length++) {
      byte[] cut = Arrays.copyOf(PRE_SHARED_KEYS, length);
      assertMalformed(new HelloWriter().extension(Extension.PRE_SHARED_KEY, cut));
    }
  }

  @Test
  void takesAnEmptyTicketForNone() {
    assertEquals(
        Optional.empty(),
        parsed(new HelloWriter().extension(Extension.SESSION_TICKET)).sessionTicket());
  }

  @Test
  void refusesOddLists() {
    assertMalformed(
        new HelloWriter().extension(Extension.SUPPORTED_GROUPS, vector16(new byte[] {0, 29, 0})));
    assertMalformed(
        new HelloWriter().extension(Extension.SUPPORTED_VERSIONS, vector8(new byte[] {3})));
    assertMalformed(new HelloWriter().extension(Extension.SUPPORTED_VERSIONS));
    assertMalformed(new HelloWriter().extension(Extension.SIGNATURE_ALGORITHMS, (byte) 0));
  }

  @Test
  void goesByTheVersionsThatAreListedWhereTheyAre() {
    ClientHello hello = parsed(new HelloWriter().versions(List.of(0x0a0a, 0x0304)));
    assertTrue(hello.offers(ProtocolVersion.TLS_1_3));
    assertFalse(hello.offers(ProtocolVersion.TLS_1_2));
  }

  @Test
  void takesNoVersionFieldForAnOfferOfTls13() {
    assertFalse(parsed(new HelloWriter().version(0x0304)).offers(ProtocolVersion.TLS_1_3));
  }

  @Test
  void readsNoVectorBeyondTheOneAroundIt() {
    byte[] host = join(new byte[] {0}, HelloWriter.u16(7), "a.com".getBytes(US_ASCII));
    byte[] behind = "xy".getBytes(US_ASCII);
    assertMalformed(
        new HelloWriter().extension(Extension.SERVER_NAME, join(vector16(host), behind)));
  }

  @Test
  void givesOutNothingThatCouldBeChanged() {
    ClientHello hello =
        parsed(
            new HelloWriter()
                .sessionId(new byte[] {1})
                .extension(Extension.SESSION_TICKET, (byte) 1));
    hello.sessionId()[0] = 9;
    hello.sessionTicket().orElseThrow()[0] = 9;
    assertArrayEquals(new byte[] {1}, hello.sessionId());
    assertArrayEquals(new byte[] {1}, hello.sessionTicket().orElseThrow());
  }
}
