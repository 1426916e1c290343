package io.tlsport;

import static io.tlsport.Codes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectOptionsTest {
  private static final ConnectOptions DEFAULTS = ConnectOptions.builder().build();

  @Test
  void connectsToLocalhostUnlessToldOtherwise() {
    assertEquals("localhost", DEFAULTS.host());
  }

  @Test
  void rejectsUnauthorizedServersUnlessToldOtherwise() {
    assertTrue(DEFAULTS.rejectUnauthorized());
  }

  @Test
  void givesAHandshakeTwoMinutes() {
    assertEquals(Duration.ofMinutes(2), DEFAULTS.handshakeTimeout());
  }

  @Test
  void givesTheConnectionThirtySeconds() {
    assertEquals(Duration.ofSeconds(30), DEFAULTS.connectTimeout());
  }

  @Test
  void givesTheEndThirtySeconds() {
    assertEquals(Duration.ofSeconds(30), DEFAULTS.closeTimeout());
  }

  @Test
  void asksForNothingThatTheSeedLeavesOut() {
    assertTrue(DEFAULTS.path().isEmpty());
    assertTrue(DEFAULTS.socket().isEmpty());
    assertTrue(DEFAULTS.servername().isEmpty());
    assertTrue(DEFAULTS.session().isEmpty());
    assertTrue(DEFAULTS.sessionCache().isEmpty());
    assertTrue(DEFAULTS.secureContext().isEmpty());
    assertTrue(DEFAULTS.checkServerIdentity().isEmpty());
    assertFalse(DEFAULTS.strictNames());
    assertTrue(DEFAULTS.localAddress().isEmpty());
    assertFalse(DEFAULTS.requestOcsp());
    assertFalse(DEFAULTS.allowHalfOpen());
    assertFalse(DEFAULTS.allowTruncation());
    assertFalse(DEFAULTS.dynamicRecords());
    assertEquals(List.of(), DEFAULTS.alpnProtocols());
    assertEquals(List.of(), DEFAULTS.npnProtocols());
  }

  @Test
  void keepsWhatWasSet() {
    Session session = Session.of(new byte[] {1});
    ConnectOptions options =
        ConnectOptions.builder()
            .host("example.com")
            .port(443)
            .path("/run/x")
            .servername("sni.example")
            .strictNames(true)
            .session(session)
            .requestOcsp(true)
            .connectTimeout(Duration.ofMillis(1))
            .localAddress("127.0.0.2")
            .checkServerIdentity((host, certificate) -> java.util.Optional.empty())
            .rejectUnauthorized(false)
            .handshakeTimeout(Duration.ofSeconds(7))
            .closeTimeout(Duration.ofSeconds(8))
            .allowHalfOpen(true)
            .allowTruncation(true)
            .dynamicRecords(true)
            .alpnProtocols("h2", "http/1.1")
            .npnProtocols("spdy/3")
            .context(c -> c.ciphers("HIGH"))
            .build();
    assertEquals("example.com", options.host());
    assertEquals(443, options.port());
    assertEquals("/run/x", options.path().orElseThrow());
    assertEquals("sni.example", options.servername().orElseThrow());
    assertEquals(session, options.session().orElseThrow());
    assertTrue(options.requestOcsp());
    assertEquals(Duration.ofMillis(1), options.connectTimeout());
    assertEquals("127.0.0.2", options.localAddress().orElseThrow());
    assertTrue(options.checkServerIdentity().isPresent());
    assertTrue(options.strictNames());
    assertFalse(options.rejectUnauthorized());
    assertEquals(Duration.ofSeconds(7), options.handshakeTimeout());
    assertEquals(Duration.ofSeconds(8), options.closeTimeout());
    assertTrue(options.allowHalfOpen());
    assertTrue(options.allowTruncation());
    assertTrue(options.dynamicRecords());
    assertEquals(List.of("h2", "http/1.1"), options.alpnProtocols());
    assertEquals(List.of("spdy/3"), options.npnProtocols());
    assertEquals("HIGH", options.context().ciphers().orElseThrow());
  }

  @Test
  void doesNotChangeWithItsBuilder() {
    ConnectOptions.Builder builder = ConnectOptions.builder().context(c -> c.ciphers("HIGH"));
    ConnectOptions before = builder.build();
    builder.host("elsewhere").context(c -> c.ciphers("MEDIUM"));
    assertEquals("localhost", before.host());
    assertEquals("HIGH", before.context().ciphers().orElseThrow());
  }

  @Test
  void addsToTheContextThatItTook() {
    SecureContextOptions taken = SecureContextOptions.builder().ciphers("HIGH").build();
    ConnectOptions options =
        ConnectOptions.builder()
            .context(c -> c.ciphers("LOST"))
            .context(taken)
            .context(c -> c.ecdhCurve("auto"))
            .build();
    assertEquals("HIGH", options.context().ciphers().orElseThrow());
    assertEquals("auto", options.context().ecdhCurve().orElseThrow());
    assertTrue(taken.ecdhCurve().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void refusesAPortOutsideOfItsRange(int port) {
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE,
        () -> ConnectOptions.builder().port(port),
        "port",
        Integer.toString(port));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65535})
  void takesAPortWithinItsRange(int port) {
    assertEquals(port, ConnectOptions.builder().port(port).build().port());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void refusesATimeoutThatIsNotPositive(long seconds) {
    Duration timeout = Duration.ofSeconds(seconds);
    ConnectOptions.Builder builder = ConnectOptions.builder();
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE, () -> builder.handshakeTimeout(timeout), "handshakeTimeout");
    assertRefused(ErrorCode.ERR_OUT_OF_RANGE, () -> builder.closeTimeout(timeout), "closeTimeout");
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE, () -> builder.connectTimeout(timeout), "connectTimeout");
  }

  @Test
  void refusesAProtocolWithoutAName() {
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE,
        () -> ConnectOptions.builder().alpnProtocols("h2", ""),
        "alpnProtocols");
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE,
        () -> ConnectOptions.builder().npnProtocols(""),
        "npnProtocols");
  }

  @Test
  void countsTheBytesOfAProtocolNameAndNotItsCharacters() {
    String fits = "é".repeat(127) + "e";
    assertEquals(
        List.of(fits), ConnectOptions.builder().alpnProtocols(fits).build().alpnProtocols());
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE,
        () -> ConnectOptions.builder().alpnProtocols("é".repeat(128)),
        "256");
  }

  @Test
  void givesOutListsThatNobodyCanChange() {
    ConnectOptions options = ConnectOptions.builder().alpnProtocols("h2").build();
    assertThrows(
        UnsupportedOperationException.class, () -> options.alpnProtocols().add("http/1.1"));
  }

  @Test
  void asksForParametersOf1024BitsByDefault() {
    assertEquals(1024, ConnectOptions.builder().build().minDhSize());
    assertEquals(0, ConnectOptions.builder().minDhSize(0).build().minDhSize());
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE, () -> ConnectOptions.builder().minDhSize(-1), "minDHSize");
  }
}
