package io.tlsport.provider.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.Capability;
import io.tlsport.Support;
import io.tlsport.Tls;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;
import org.junit.jupiter.api.Test;

/** With internals allowed, and open, the tickets of all servers have keys of ours. */
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
  void ticketKeysRestOnInternals() {
    try (Tls tls = newTls().build()) {
      assertEquals(Support.viaInternals(), tls.capabilities().of(Capability.TICKET_KEYS));
    }
  }
}
