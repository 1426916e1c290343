package io.tlsport.core.policy.sni;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {
  @ParameterizedTest
  @CsvSource({
    "localhost, localhost",
    "example.com, example.com",
    "example.com., example.com",
    "a_b.example, a_b.example",
    "bücher.de, xn--bcher-kva.de",
    "日本語。jp, xn--wgv71a119e.jp"
  })
  void sendsHostNamesInAscii(String host, String sent) {
    assertEquals(Optional.of(sent), ServerName.ofHost(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1%eth0", "999.1.1.1"})
  void sendsNoNameForAnAddress(String host) {
    assertEquals(Optional.empty(), ServerName.ofHost(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a..b", "a b", "*.example.com", "-a.com", "a-.com", "a/b", "a\0b", "a@b"})
  void refusesWhatIsNoHost(String host) {
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, () -> ServerName.ofHost(host), host);
  }

  @Test
  void refusesLongLabelsAndLongNames() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertTrue(ServerName.isHostName(longest));
    assertFalse(ServerName.isHostName(longest + "a"));
    assertFalse(ServerName.isHostName("a".repeat(64)));
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, () -> ServerName.ofHost("a".repeat(64)));
  }

  @Test
  void quotesWhatWasGiven() {
    String host = "a".repeat(64) + ".";
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE, () -> ServerName.ofHost(host), "\"" + host + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::, 0:0:0:0:0:0:0:0",
    "::1, 0:0:0:0:0:0:0:1",
    "1::, 1:0:0:0:0:0:0:0",
    "2001:db8::00ff:0, 2001:DB8:0:0:0:0:FF:0",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "::ffff:1.2.3.4, 0:0:0:0:0:FFFF:102:304",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "fe80::1%eth0, FE80:0:0:0:0:0:0:1"
  })
  void readsAddresses(String text, String printed) {
    assertEquals(Optional.of(printed), IpAddress.parse(text).map(IpAddress::toString));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.4 ",
        "0x1.2.3.4",
        "1.2.3.",
        "a",
        ":",
        ":::",
        "1:2",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::1",
        "1:2:3:4:5:6:7::8",
        "1.2.3.4::",
        "::1.2.3",
        "1:2:3:4:5:6:7:1.2.3.4",
        ":1:2:3:4:5:6:7:8",
        "[::1]"
      })
  void takesOtherTextForNoAddress(String text) {
    assertEquals(Optional.empty(), IpAddress.parse(text));
  }

  /** Four bytes and their IPv4-mapped sixteen are two addresses, as to OpenSSL and to Node. */
  @Test
  void tellsAddressesOfOneFamilyFromTheOther() {
    assertFalse(IpAddress.parse("::ffff:1.2.3.4").equals(IpAddress.parse("1.2.3.4")));
    assertEquals(Optional.empty(), IpAddress.of(new byte[5]));
  }
}
