package io.tlsport.core.policy.sni;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "example.com, EXAMPLE.Com, true",
    "Example.COM, example.com, true",
    "example.com, example.com., true",
    "example.com., example.com, true",
    "example.com, www.example.com, false",
    "example.com, xexample.com, false",
    "*.example.com, www.example.com, true",
    "*.example.com, WWW.EXAMPLE.COM, true",
    "*.example.com., www.example.com., true",
    "*.example.com, example.com, false",
    "*.example.com, .example.com, false",
    "*.example.com, a.b.example.com, false",
    "*.example.com, www.example.org, false",
    "*.example.com, www.xexample.com, false",
    "*.com, example.com, true",
    "localhost, localhost, true",
    "a_b.example, a_b.example, true",
    "127.0.0.1, 127.0.0.1, true",
    "bücher.de, xn--bcher-kva.de, true",
    "*.bücher.de, www.xn--bcher-kva.de, true"
  })
  void matchesOneLabelForAStarAndNoCase(String pattern, String name, boolean matches) {
    assertEquals(matches, HostPattern.parse(pattern).matches(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "*",
        "*.",
        "**",
        "*.*",
        "*.*.com",
        "a.*.com",
        "a*.com",
        "*a.com",
        "a..b",
        ".a",
        "a..",
        "*..a",
        "*.a..",
        "a b",
        "a\tb",
        "a\0b",
        " a",
        "\u2025",
        "z\u2026",
        "\u2025\u53c6",
        "\u2498.9"
      })
  void refusesWhatIsNoPattern(String pattern) {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> HostPattern.parse(pattern),
        "\"" + pattern + "\"",
        "*.example.com");
  }

  @Test
  void isEqualHoweverItIsWritten() {
    assertEquals(HostPattern.parse("*.Example.com."), HostPattern.parse("*.example.COM"));
    assertEquals(HostPattern.parse("a.com").hashCode(), HostPattern.parse("A.com.").hashCode());
    assertFalse(HostPattern.parse("a.com").equals(HostPattern.parse("*.a.com")));
    assertTrue(HostPattern.parse("A.com").toString().equals("a.com"));
  }
}
