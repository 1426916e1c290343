package io.tlsport.provider.bcjsse;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bouncycastle.tls.SecurityParameters;
import org.junit.jupiter.api.Test;

/** What the version of Bouncy Castle that is in force has, and older ones have not. */
class BouncyCastleVersionTest {
  @Test
  void lowLevelThatCannotTellGroupsIsTooOld() {
    assertTrue(BouncyCastleAvailability.tellsGroups(SecurityParameters.class));
    assertFalse(BouncyCastleAvailability.tellsGroups(Object.class));
    assertTrue(BouncyCastleAvailability.checkLowLevel().available());
  }

  @Test
  void hybridGroupsAreThere() {
    assertTrue(BouncyCastle.knowsHybrids());
    assertTrue(BcjsseGroups.names(false).contains("X25519MLKEM768"));
  }
}
