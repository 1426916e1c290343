package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAuthTest {
  @ParameterizedTest
  @CsvSource({
    "false, false, NONE",
    "false, true, NONE",
    "true, false, REQUEST",
    "true, true, REQUIRE"
  })
  void takesRejectionForNothingUnlessACertificateIsRequested(
      boolean requestCert, boolean rejectUnauthorized, ClientAuth expected) {
    assertEquals(expected, ClientAuth.of(requestCert, rejectUnauthorized));
  }
}
