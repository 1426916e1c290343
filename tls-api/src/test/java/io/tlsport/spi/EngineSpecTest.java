package io.tlsport.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ClientAuth;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineSpecTest {
  private static final List<String> SUITES = List.of("TLS_AES_128_GCM_SHA256");

  @Test
  void asksForNothingUnlessToldTo() {
    EngineSpec spec = EngineSpec.builder().suites(SUITES).build();
    assertEquals(List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3), spec.versions());
    assertEquals(List.of(), spec.groups());
    assertEquals(List.of(), spec.schemes());
    assertEquals(List.of(), spec.alpn());
    assertEquals(List.of(), spec.npn());
    assertEquals(Optional.empty(), spec.identity());
    assertEquals(Optional.empty(), spec.sni());
    assertEquals(Optional.empty(), spec.staple());
    assertEquals(ClientAuth.NONE, spec.clientAuth());
    assertEquals(Resumption.never(), spec.resumption());
    assertFalse(spec.serverOrder());
    assertFalse(spec.requestOcsp());
    assertFalse(spec.keyLog());
    assertFalse(spec.psk());
  }

  @Test
  void keepsWhatWasSet() {
    Resumption use = new Resumption.Use(Session.of(new byte[] {1}));
    EngineSpec spec =
        EngineSpec.builder()
            .versions(List.of(ProtocolVersion.TLS_1_3))
            .suites(SUITES)
            .serverOrder(true)
            .groups(List.of("x25519"))
            .schemes(List.of("ed25519"))
            .clientAuth(ClientAuth.REQUEST)
            .sni(Optional.of("example.com"))
            .alpn(List.of("h2"))
            .npn(List.of("spdy/3"))
            .resumption(use)
            .requestOcsp(true)
            .staple(new byte[] {1, 2})
            .keyLog(true)
            .psk(true)
            .pskHint(Optional.of("hint"))
            .build();
    assertEquals(List.of(ProtocolVersion.TLS_1_3), spec.versions());
    assertEquals(SUITES, spec.suites());
    assertTrue(spec.serverOrder());
    assertEquals(List.of("x25519"), spec.groups());
    assertEquals(List.of("ed25519"), spec.schemes());
    assertEquals(ClientAuth.REQUEST, spec.clientAuth());
    assertEquals(Optional.of("example.com"), spec.sni());
    assertEquals(List.of("h2"), spec.alpn());
    assertEquals(List.of("spdy/3"), spec.npn());
    assertEquals(use, spec.resumption());
    assertTrue(spec.requestOcsp());
    assertArrayEquals(new byte[] {1, 2}, spec.staple().orElseThrow());
    assertTrue(spec.keyLog());
    assertTrue(spec.psk());
    assertEquals(Optional.of("hint"), spec.pskHint());
  }

  @Test
  void needsAVersionAndASuite() {
    assertThrows(IllegalArgumentException.class, () -> EngineSpec.builder().build());
    assertThrows(
        IllegalArgumentException.class,
        () -> EngineSpec.builder().suites(SUITES).versions(List.of()).build());
  }

  @Test
  void doesNotShareWhatItWasGiven() {
    List<String> groups = new ArrayList<>(List.of("x25519"));
    byte[] staple = {1};
    EngineSpec spec = EngineSpec.builder().suites(SUITES).groups(groups).staple(staple).build();
    groups.add("secp256r1");
    staple[0] = 9;
    spec.staple().orElseThrow()[0] = 9;
    assertEquals(List.of("x25519"), spec.groups());
    assertArrayEquals(new byte[] {1}, spec.staple().orElseThrow());
  }
}
