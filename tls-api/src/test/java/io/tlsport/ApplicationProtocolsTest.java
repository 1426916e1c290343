package io.tlsport;

import static io.tlsport.Codes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationProtocolsTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void putsEachNameBehindItsLength() {
    assertArrayEquals(
        bytes("\5hello\5world"), ApplicationProtocols.encode(List.of("hello", "world")));
    assertArrayEquals(bytes("\2\u00c3\u00a9"), ApplicationProtocols.encode(List.of("\u00e9")));
    assertArrayEquals(new byte[0], ApplicationProtocols.encode(List.of()));
  }

  @Test
  void takesListsApart() {
    assertEquals(List.of("hello", "world"), ApplicationProtocols.decode(bytes("\5hello\5world")));
    assertEquals(List.of(), ApplicationProtocols.decode(new byte[0]));
    String longest = "a".repeat(255);
    assertEquals(
        List.of(longest),
        ApplicationProtocols.decode(ApplicationProtocols.encode(List.of(longest))));
  }

  @Test
  void refusesWhatIsNoList() {
    for (String odd : List.of("\0", "\2a", "\1a\0", "\u00ffa")) {
      assertRefused(
          ErrorCode.ERR_INVALID_ARG_VALUE, () -> ApplicationProtocols.decode(bytes(odd)), "bytes");
    }
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE,
        () -> ApplicationProtocols.encode(List.of("a", "")),
        "1 to 255");
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE,
        () -> ApplicationProtocols.encode(List.of("a".repeat(256))),
        "256");
  }

  @Test
  void isTakenByTheOptions() {
    ConnectOptions options =
        ConnectOptions.builder().npnProtocols(bytes("\1a\1b")).alpnProtocols(bytes("\1c")).build();
    assertEquals(List.of("a", "b"), options.npnProtocols());
    assertEquals(List.of("c"), options.alpnProtocols());
  }
}
