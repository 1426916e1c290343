package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
  @ParameterizedTest
  @EnumSource
  void saysWhoHasToAct(ErrorCode code) {
    assertNotNull(code.blame());
  }

  @Test
  void hasNoTextTwice() {
    assertEquals(
        ErrorCode.values().length,
        Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toSet()).size());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNSUPPORTED_FEATURE")
  void isSpelledAsItsConstant(ErrorCode code) {
    assertEquals(code.name(), code.code());
    assertEquals(code.name(), code.toString());
  }

  @Test
  void spellsTheMissingFeatureAsTheSpecificationDoes() {
    assertEquals("UnsupportedFeature", ErrorCode.UNSUPPORTED_FEATURE.code());
  }

  @ParameterizedTest
  @CsvSource({
    "CERT_HAS_EXPIRED, PEER",
    "ERR_TLS_HANDSHAKE_TIMEOUT, PEER",
    "ERR_OSSL_BAD_DECRYPT, CALLER",
    "UNSUPPORTED_FEATURE, CALLER",
    "ECONNREFUSED, ENVIRONMENT",
    "ERR_PROVIDER_FAILURE, PROVIDER"
  })
  void blamesTheOneWhoCanMendIt(ErrorCode code, Blame blame) {
    assertEquals(blame, code.blame());
  }
}
