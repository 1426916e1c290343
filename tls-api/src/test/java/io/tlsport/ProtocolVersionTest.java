package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolVersionTest {
  @ParameterizedTest
  @CsvSource({
    "TLS_1_0, TLSv1, 0x0301",
    "TLS_1_1, TLSv1.1, 0x0302",
    "TLS_1_2, TLSv1.2, 0x0303",
    "TLS_1_3, TLSv1.3, 0x0304"
  })
  void hasTheNamesAndNumbersOfTheRfcs(ProtocolVersion version, String id, int code) {
    assertEquals(id, version.id());
    assertEquals(id, version.toString());
    assertEquals(code, version.code());
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsNameAndItsNumber(ProtocolVersion version) {
    assertEquals(Optional.of(version), ProtocolVersion.byId(version.id()));
    assertEquals(Optional.of(version), ProtocolVersion.byCode(version.code()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tlsv1.2", "TLSv1.0", "TLSv1.4", "SSLv3", "TLS_1_2"})
  void isNotFoundByAnotherSpelling(String id) {
    assertEquals(Optional.empty(), ProtocolVersion.byId(id));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x0300, 0x0305, -1})
  void isNotFoundByAnotherNumber(int code) {
    assertEquals(Optional.empty(), ProtocolVersion.byCode(code));
  }

  @Test
  void growsWithItsAge() {
    assertTrue(ProtocolVersion.TLS_1_0.compareTo(ProtocolVersion.TLS_1_1) < 0);
    assertTrue(ProtocolVersion.TLS_1_1.compareTo(ProtocolVersion.TLS_1_2) < 0);
    assertTrue(ProtocolVersion.TLS_1_2.compareTo(ProtocolVersion.TLS_1_3) < 0);
  }
}
