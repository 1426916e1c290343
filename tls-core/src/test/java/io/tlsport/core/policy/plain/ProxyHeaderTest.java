package io.tlsport.core.policy.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tlsport.Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as proxies send them, and what is none. */
class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  private static ProxyHeader.Result read(byte[] bytes) {
    return new ProxyHeader().feed(ByteBuffer.wrap(bytes));
  }

  private static ProxyHeader.Result line(String text) {
    return read(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ProxyHeader.Result binary(String hex) {
    return read(HexFormat.of().parseHex(SIGNATURE + hex));
  }

  private static void assertClient(Optional<Address> client, ProxyHeader.Result result) {
    assertEquals(new ProxyHeader.Read(client), result);
  }

  @Test
  void theLineNamesTheClient() {
    assertClient(
        Optional.of(new Address("192.0.2.1", "IPv4", 56324)),
        line("PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n"));
    assertClient(
        Optional.of(new Address("2001:db8:0:0:0:0:0:1", "IPv6", 1)),
        line("PROXY TCP6 2001:DB8::1 ::1 1 65535\r\n"));
    assertClient(Optional.empty(), line("PROXY UNKNOWN\r\n"));
    assertClient(Optional.empty(), line("PROXY UNKNOWN ff::1 ff::2 1 2\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 56324\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 56324 65536\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 056 443\r\n",
        "PROXY TCP4 ::1 ::2 1 2\r\n",
        "PROXY TCP4 localhost 192.0.2.2 1 2\r\n",
        "PROXY TCP6 fe80::1%eth0 ::2 1 2\r\n",
        "PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n",
        "PROXY \r\n"
      })
  void otherLinesAreRefused(String text) {
    assertInstanceOf(ProxyHeader.Rejected.class, line(text));
  }

  @Test
  void theBinaryHeaderNamesTheClient() {
    assertClient(
        Optional.of(new Address("192.0.2.1", "IPv4", 4711)),
        binary("2111000cc0000201c0000202126701bb"));
    assertClient(
        Optional.of(new Address("2001:db8:0:0:0:0:0:1", "IPv6", 4711)),
        binary("21210024" + "20010db8" + "0".repeat(23) + "1" + "0".repeat(32) + "126701bb"));
    assertClient(Optional.empty(), binary("20000000"));
    assertClient(Optional.empty(), binary("21000000"));
  }

  @Test
  void extensionsAreSkippedAndWhatFollowsIsTheClients() {
    byte[] all =
        HexFormat.of()
            .parseHex(SIGNATURE + "21110013c0000201c0000202126701bb" + "04000461626364" + "16");
    ByteBuffer bytes = ByteBuffer.wrap(all);
    assertClient(
        Optional.of(new Address("192.0.2.1", "IPv4", 4711)), new ProxyHeader().feed(bytes));
    assertEquals(1, bytes.remaining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"3111000c", "2211000c", "21111001", "21110004c0000201"})
  void otherBinaryHeadersAreRefused(String hex) {
    assertInstanceOf(ProxyHeader.Rejected.class, binary(hex));
  }
}
