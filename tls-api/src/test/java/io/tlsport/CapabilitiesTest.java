package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilitiesTest {
  @ParameterizedTest
  @EnumSource
  void saysNoToWhatWasNotDeclared(Capability capability) {
    Support.No no =
        assertInstanceOf(Support.No.class, Capabilities.builder().build().of(capability));
    assertFalse(no.reason().isEmpty());
  }

  @Test
  void saysWhatWasDeclared() {
    Support only = Support.only(Set.of(ProtocolVersion.TLS_1_2), "reason");
    Capabilities table =
        Capabilities.builder()
            .yes(Capability.ALPN, Capability.SNI)
            .put(Capability.RENEGOTIATION, only)
            .build();
    assertEquals(Support.yes(), table.of(Capability.ALPN));
    assertEquals(Support.yes(), table.of(Capability.SNI));
    assertEquals(only, table.of(Capability.RENEGOTIATION));
    assertTrue(table.supports(Capability.RENEGOTIATION));
    assertFalse(table.supports(Capability.NPN));
  }

  @Test
  void letsTheLastDeclarationCount() {
    Capabilities table =
        Capabilities.builder()
            .yes(Capability.ALPN)
            .put(Capability.ALPN, Support.no("reason"))
            .build();
    assertFalse(table.supports(Capability.ALPN));
  }

  @Test
  void doesNotChangeWithItsBuilder() {
    Capabilities.Builder builder = Capabilities.builder();
    Capabilities table = builder.build();
    builder.yes(Capability.ALPN);
    assertFalse(table.supports(Capability.ALPN));
  }
}
