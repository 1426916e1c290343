package io.tlsport.core.policy.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionOriginTest {
  private static SessionOrigin origin(String provider, int instance) {
    return new SessionOrigin(provider, Optional.of(new byte[] {(byte) instance}));
  }

  @Test
  void handleIsGoodWhereItWasMade() {
    assertTrue(origin("jdk", 1).accepts(origin("jdk", 1)));
    assertFalse(origin("jdk", 1).accepts(origin("jdk", 2)));
    assertFalse(origin("jdk", 1).anywhere().accepts(origin("jdk", 1)));
  }

  @Test
  void whatIsPortableIsGoodWhereverItsProviderIs() {
    assertTrue(origin("jdk", 1).accepts(origin("jdk", 2).anywhere()));
    assertFalse(origin("jdk", 1).accepts(origin("bctls", 1).anywhere()));
  }
}
