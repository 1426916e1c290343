package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {
  @Test
  void leavesSentencesAsTheyAre() {
    String sentence =
        "Hostname/IP does not match: \"b\u00fccher.example\", \\, 100 %, \u4e2d\u6587";
    assertSame(sentence, SafeText.line(sentence));
  }

  /** Line ends, terminal commands, NUL, text that runs backwards, half a character. */
  @ParameterizedTest
  @CsvSource({"10", "13", "27", "0", "127", "133", "8232", "8238", "8203", "55357"})
  void escapesWhatMovesOrHides(int c) {
    String escaped = String.format(java.util.Locale.ROOT, "a\\u%04xb", c);
    assertEquals(escaped, SafeText.line("a" + (char) c + "b"));
  }

  @Test
  void cutsWhatIsLong() {
    String line = SafeText.line("x".repeat(100_000));
    assertTrue(line.startsWith("xxx"));
    assertTrue(line.endsWith("... (100000 characters)"));
    assertTrue(line.length() < 2100);
    assertTrue(SafeText.line("\n".repeat(100_000)).length() < 2100);
  }

  @Test
  void isWhatExceptionsAndVerdictsShow() {
    assertEquals(
        "no \\u000d\\u000aINFO all is well",
        new HandshakeException(ErrorCode.ERR_SSL_DECODE_ERROR, "no \r\nINFO all is well")
            .getMessage());
    AuthorizationError verdict =
        new AuthorizationError(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, "CN=\u001b[2J", 0);
    assertEquals("CN=\\u001b[2J", verdict.message());
  }
}
