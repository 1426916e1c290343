package io.tlsport.provider.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import io.tlsport.Tls;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With internals allowed, and open, tickets have keys of ours, and sessions are bytes. */
class JdkInternalsTckTest extends TlsProviderTck {
  @Override
  public TlsProviderFactory factory() {
    return new JdkProviderFactory();
  }

  @Override
  public Tls.Builder newTls() {
    return super.newTls().internals(true);
  }

  @Test
  void ticketKeysAndBytesOfSessionsRestOnInternals() {
    try (Tls tls = newTls().build()) {
      for (Capability capability :
          List.of(Capability.TICKET_KEYS, Capability.SESSION_EXPORT, Capability.SESSION_STORE)) {
        assertEquals(Support.viaInternals(), tls.capabilities().of(capability));
      }
      assertTrue(tls.capabilities().of(Capability.KEY_LOG).covers(ProtocolVersion.TLS_1_2));
    }
  }
}
