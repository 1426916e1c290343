package io.tlsport.core.runtime;

import io.tlsport.ProviderInfo;
import io.tlsport.core.engine.EngineStart;
import io.tlsport.core.engine.Hold;
import io.tlsport.core.engine.Judge;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.TlsProvider;
import java.util.Optional;

/** Makes engines ready for a driver. */
final class EngineFactory {
  private static final EngineEvents NO_EVENTS =
      new EngineEvents() {
        @Override
        public void session(byte[] id, byte[] data) {
          // Nobody has asked for it.
        }

        @Override
        public void ticket(byte[] ticket) {
          // Nobody has asked for it.
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

  /** For a client, which refuses small Diffie-Hellman parameters. */
  EngineStart client(
      DefaultSecureContext context,
      EngineSpec spec,
      Judge judge,
      EngineEvents events,
      int minDhSize) {
    return start(context.clientEngines().newEngine(spec, events), judge, Hold.NONE, minDhSize);
  }

  /** For a connection of a server, whose sessions may go to a store. */
  EngineStart server(
      EngineContext context, EngineSpec spec, Judge judge, Optional<StoredSessions> stored) {
    TlsEngine engine = context.newEngine(spec, stored.<EngineEvents>map(s -> s).orElse(NO_EVENTS));
    return start(engine, judge, stored.<Hold>map(s -> s).orElse(Hold.NONE), 0);
  }

  private EngineStart start(TlsEngine engine, Judge judge, Hold hold, int minDhSize) {
    return new EngineStart(
        engine,
        info.directBuffers(),
        provider::explain,
        judge,
        hold,
        info.readsAfterEnd()::contains,
        minDhSize);
  }
}
