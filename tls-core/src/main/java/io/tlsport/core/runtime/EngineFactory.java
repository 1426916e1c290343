package io.tlsport.core.runtime;

import io.tlsport.ClientAuth;
import io.tlsport.ProviderInfo;
import io.tlsport.core.engine.EngineStart;
import io.tlsport.core.engine.Judge;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Role;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.TlsProvider;
import java.util.Optional;

/** Makes engines ready for a driver. */
final class EngineFactory {
  private static final EngineEvents NO_EVENTS =
      new EngineEvents() {
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
      };

  private final TlsProvider provider;
  private final ProviderInfo info;

  EngineFactory(TlsProvider provider) {
    this.provider = provider;
    this.info = provider.info();
  }

  /** What the engine uses in DHE for clients that name no group; empty: those it was given. */
  Optional<String> dheGroupForOldClients() {
    return provider.dheGroupForOldClients();
  }

  EngineStart start(
      DefaultSecureContext context, Role role, ClientAuth auth, EngineSpec spec, Judge judge) {
    return start(context, role, auth, spec, judge, 0);
  }

  /** The same for a client that refuses small Diffie-Hellman parameters. */
  EngineStart start(
      DefaultSecureContext context,
      Role role,
      ClientAuth auth,
      EngineSpec spec,
      Judge judge,
      int minDhSize) {
    TlsEngine engine = context.engines(role, auth).newEngine(spec, NO_EVENTS);
    return new EngineStart(
        engine,
        info.directBuffers(),
        provider::explain,
        judge,
        info.readsAfterEnd()::contains,
        minDhSize);
  }
}
