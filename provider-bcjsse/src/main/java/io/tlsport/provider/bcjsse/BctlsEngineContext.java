package io.tlsport.provider.bcjsse;

import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Role;
import io.tlsport.spi.TlsEngine;
import java.util.Optional;

/** Engines over Bouncy Castle's low-level API. */
final class BctlsEngineContext implements EngineContext {
  private final ContextSpec spec;
  private final BctlsContext shared;

  BctlsEngineContext(ContextSpec spec, BctlsContext shared) {
    this.spec = spec;
    this.shared = shared;
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    BctlsHandshake handshake = new BctlsHandshake(shared, engineSpec, events);
    boolean client = spec.role() == Role.CLIENT;
    BctlsProtocol protocol =
        client
            ? new BctlsClientProtocol(new BctlsClient(handshake))
            : new BctlsServerProtocol(new BctlsServer(handshake, spec.authorities()));
    return new BctlsEngine(new BctlsSslEngine(protocol, handshake, client), handshake);
  }

  @Override
  public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // The garbage collector frees what is shared.
  }
}
