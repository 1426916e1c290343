package io.tlsport.provider.jdk;

import io.tlsport.Tls;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.contract.ClientAuthContract;
import io.tlsport.tck.contract.EphemeralKeyContract;
import io.tlsport.tck.contract.HandshakeContract;
import io.tlsport.tck.contract.KeyExchangeContract;
import io.tlsport.tck.contract.RenegotiationContract;
import org.junit.jupiter.api.Nested;

/** What public-key cryptography decides, decided by another library. */
class JdkAcceleratedTckTest implements ProviderUnderTest {
  @Override
  public TlsProviderFactory factory() {
    return new JdkProviderFactory();
  }

  @Override
  public Tls.Builder newTls() {
    return ProviderUnderTest.super.newTls().accelerator("conscrypt");
  }

  /** Versions, suites, keys. */
  @Nested
  class Handshake extends HandshakeContract {}

  /** The groups. */
  @Nested
  class KeyExchange extends KeyExchangeContract {}

  /** Clients that sign. */
  @Nested
  class ClientAuth extends ClientAuthContract {}

  /** What is told of key exchanges. */
  @Nested
  class EphemeralKeys extends EphemeralKeyContract {}

  /** Handshakes on open connections. */
  @Nested
  class Renegotiations extends RenegotiationContract {}
}
