package io.tlsport.provider.conscrypt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import io.tlsport.Tls;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.contract.KeyLogContract;
import io.tlsport.tck.contract.OcspContract;
import io.tlsport.tck.contract.ResumedTrustContract;
import io.tlsport.tck.contract.SessionCacheContract;
import io.tlsport.tck.contract.SessionContract;
import io.tlsport.tck.contract.SharingContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * With internals allowed, sessions are bytes, a store can have those of TLS 1.2, and servers
 * staple. Only the contracts are here that internals have a part in: the others meet the same code.
 */
class ConscryptInternalsTckTest implements ProviderUnderTest {
  @Override
  public TlsProviderFactory factory() {
    return new ConscryptProviderFactory();
  }

  @Override
  public Tls.Builder newTls() {
    return ProviderUnderTest.super.newTls().internals(true);
  }

  @Test
  void bytesAndStoresRestOnInternals() {
    try (Tls tls = newTls().build()) {
      assertEquals(Support.viaInternals(), tls.capabilities().of(Capability.SESSION_EXPORT));
      assertTrue(tls.capabilities().of(Capability.SESSION_STORE).covers(ProtocolVersion.TLS_1_2));
      assertTrue(tls.capabilities().of(Capability.KEY_LOG).covers(ProtocolVersion.TLS_1_2));
    }
  }

  /** The sessions of clients and servers. */
  @Nested
  @Tag("Sessions")
  class Sessions extends SessionContract {}

  /** What is checked again. */
  @Nested
  @Tag("ResumedTrust")
  class ResumedTrust extends ResumedTrustContract {}

  /** What clients keep. */
  @Nested
  @Tag("SessionCaches")
  class SessionCaches extends SessionCacheContract {}

  /** What a key log is told. */
  @Nested
  @Tag("KeyLog")
  class KeyLog extends KeyLogContract {}

  /** What servers share. */
  @Nested
  @Tag("Sharing")
  class Sharing extends SharingContract {}

  /** What servers staple. */
  @Nested
  @Tag("Ocsp")
  class Ocsp extends OcspContract {}
}
