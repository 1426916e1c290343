package io.tlsport.core.policy.demand;

import static io.tlsport.ProtocolVersion.TLS_1_2;
import static io.tlsport.ProtocolVersion.TLS_1_3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import io.tlsport.UnsupportedFeatureException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilityDemandTest {
  private static final Capability ANY = Capability.ALPN;

  private static CapabilityDemand demand(Support support, Capability... partial) {
    Capabilities table = Capabilities.builder().put(ANY, support).build();
    return new CapabilityDemand("acme", table, Set.of(partial));
  }

  private static String refusal(CapabilityDemand demand, ProtocolVersion... versions) {
    UnsupportedFeatureException refused =
        assertThrows(
            UnsupportedFeatureException.class, () -> demand.require(ANY, List.of(versions)));
    assertEquals(ANY, refused.capability());
    assertEquals("acme", refused.provider());
    assertEquals(ErrorCode.UNSUPPORTED_FEATURE, refused.code());
    return String.valueOf(refused.getMessage());
  }

  @Test
  void isContentWithAYes() {
    demand(Support.yes()).require(ANY, List.of(TLS_1_2, TLS_1_3));
    demand(Support.viaInternals()).require(ANY);
    assertEquals(Support.yes(), demand(Support.yes()).table().of(ANY));
  }

  @Test
  void refusesANoWithItsReason() {
    String message = refusal(demand(Support.no("it is too old")), TLS_1_2);
    assertEquals("acme does not support ALPN: it is too old", message);
    assertThrows(UnsupportedFeatureException.class, () -> demand(Support.no("no")).require(ANY));
  }

  @Test
  void refusesWhatWasNotDeclared() {
    CapabilityDemand nothing =
        new CapabilityDemand("acme", Capabilities.builder().build(), Set.of());
    assertThrows(UnsupportedFeatureException.class, () -> nothing.require(ANY));
  }

  @Test
  void isContentWithTheVersionsThatAreCovered() {
    CapabilityDemand only = demand(Support.only(Set.of(TLS_1_2), "not in 1.3"));
    only.require(ANY, List.of(TLS_1_2));
    only.require(ANY);
  }

  @Test
  void refusesOtherVersionsAndNamesBothWaysOut() {
    CapabilityDemand only = demand(Support.only(Set.of(TLS_1_2), "not in 1.3"));
    String message = refusal(only, TLS_1_2, TLS_1_3);
    assertTrue(message.contains("not in 1.3"), message);
    assertTrue(message.contains("TLSv1.2"), message);
    assertTrue(message.contains("enable no other version"), message);
    assertTrue(message.contains("allowPartial(ALPN)"), message);
  }

  @Test
  void isContentWithAPartWhereThatIsAllowed() {
    Support only = Support.only(Set.of(TLS_1_2), "not in 1.3");
    demand(only, ANY).require(ANY, List.of(TLS_1_2, TLS_1_3));
    refusal(demand(only, Capability.SNI), TLS_1_3);
    refusal(demand(Support.no("no"), ANY), TLS_1_3);
  }

  /** Whatever an engine can do, what the core does not drive is a no, and says so. */
  @ParameterizedTest
  @EnumSource
  void promisesNothingThatTheCoreDoesNotDrive(Capability capability) {
    Capabilities all = Capabilities.builder().yes(Capability.values()).build();
    Support support = new CapabilityDemand("acme", all, Set.of()).table().of(capability);
    if (support instanceof Support.No no) {
      assertTrue(no.reason().contains("docs/from-node.md"), no.reason());
    } else {
      assertEquals(Support.yes(), support);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheProvidersOwnReason(Capability capability) {
    Capabilities none = Capabilities.builder().put(capability, Support.no("mine")).build();
    Support support = new CapabilityDemand("acme", none, Set.of()).table().of(capability);
    assertEquals(Support.no("mine"), support);
    assertFalse(support.supported());
  }
}
