package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SupportTest {
  @ParameterizedTest
  @EnumSource
  void yesCoversEveryVersion(ProtocolVersion version) {
    assertTrue(Support.yes().covers(version));
    assertTrue(Support.viaInternals().covers(version));
  }

  @ParameterizedTest
  @EnumSource
  void noCoversNone(ProtocolVersion version) {
    assertFalse(Support.no("reason").covers(version));
  }

  @ParameterizedTest
  @EnumSource
  void onlyCoversItsOwnVersions(ProtocolVersion version) {
    Support only = Support.only(Set.of(ProtocolVersion.TLS_1_2), "reason");
    assertEquals(version == ProtocolVersion.TLS_1_2, only.covers(version));
  }

  @Test
  void countsPartialSupportAsSupport() {
    assertTrue(Support.only(Set.of(ProtocolVersion.TLS_1_3), "reason").supported());
    assertTrue(Support.yes().supported());
    assertFalse(Support.no("reason").supported());
  }

  @Test
  void tellsPublicApiFromInternals() {
    assertEquals(new Support.Yes(false), Support.yes());
    assertEquals(new Support.Yes(true), Support.viaInternals());
  }

  @Test
  void keepsTheEvidenceOfANo() {
    assertEquals(new Support.No("reason", Optional.empty()), Support.no("reason"));
    assertEquals(new Support.No("reason", Optional.of("link")), Support.no("reason", "link"));
  }

  @Test
  void keepsACopyOfItsVersions() {
    Set<ProtocolVersion> given = EnumSet.of(ProtocolVersion.TLS_1_2);
    Support only = Support.only(given, "reason");
    given.add(ProtocolVersion.TLS_1_3);
    assertFalse(only.covers(ProtocolVersion.TLS_1_3));
  }
}
