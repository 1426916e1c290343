package io.tlsport.core.runtime;

import io.tlsport.ClientAuth;
import io.tlsport.ProviderInfo;
import io.tlsport.core.engine.EngineStart;
import io.tlsport.core.engine.Judge;
import io.tlsport.core.engine.PeerVerdict;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Role;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.TlsProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes engines ready for a driver. */
final class EngineFactory {
  /** What an engine tells of its connection. */
  private record Events(PeerVerdict peer) implements EngineEvents {
    @Override
    public OptionalInt peerCertificates(List<X509Certificate> chain) {
      return peer.shown(chain);
    }

    @Override
    public void session(byte[] id, byte[] data) {
      // No session is exported or resumed by clients so far.
    }

    @Override
    public boolean peerRenegotiates() {
      return false;
    }

    @Override
    public void keyLog(String line) {
      // No spec asks for it.
    }

    @Override
    public Optional<byte[]> psk(String identity) {
      return Optional.empty();
    }
  }

  private final TlsProvider provider;
  private final ProviderInfo info;

  EngineFactory(TlsProvider provider) {
    this.provider = provider;
    this.info = provider.info();
  }

  EngineStart start(
      DefaultSecureContext context, Role role, ClientAuth auth, EngineSpec spec, Judge judge) {
    PeerVerdict peer = new PeerVerdict(judge);
    TlsEngine engine = context.engines(role, auth).newEngine(spec, new Events(peer));
    return new EngineStart(
        engine, info.directBuffers(), provider::explain, peer, info.readsAfterEnd()::contains);
  }
}
