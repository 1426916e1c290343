package io.tlsport.provider.bcjsse;

import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Role;
import io.tlsport.spi.ServerSessions;
import io.tlsport.spi.TicketKeys;
import io.tlsport.spi.TlsEngine;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.asn1.x500.X500Name;

/** Engines over Bouncy Castle's low-level API. */
final class BctlsEngineContext implements EngineContext {
  private final ContextSpec spec;
  private final BctlsContext shared;
  private final Vector<X500Name> authorities;
  private final BctlsServerSessions sessions;

  BctlsEngineContext(ContextSpec spec, BctlsContext shared, BctlsServerSessions sessions) {
    this.spec = spec;
    this.shared = shared;
    this.sessions = sessions;
    this.authorities =
        BctlsVectors.of(
            spec.authorities().stream()
                .map(authority -> authority.getSubjectX500Principal().getEncoded())
                .map(X500Name::getInstance)
                .toList());
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    BctlsHandshake handshake = new BctlsHandshake(shared, engineSpec, events);
    boolean client = spec.role() == Role.CLIENT;
    BctlsProtocol protocol =
        client
            ? new BctlsClientProtocol(new BctlsClient(handshake), handshake)
            : new BctlsServerProtocol(new BctlsServer(handshake, authorities, sessions), handshake);
    return new BctlsEngine(new BctlsSslEngine(protocol, handshake, client), handshake);
  }

  @Override
  public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
    if (spec.role() == Role.CLIENT) {
      return Optional.empty();
    }
    Object found =
        type == TicketKeys.class && sessions.issuesTickets()
            ? sessions.ticketKeys()
            : type == ServerSessions.class && sessions.storesOutside() ? sessions.outside() : null;
    return Optional.ofNullable(found).map(type::cast);
  }

  @Override
  public void close() {
    // The garbage collector frees what is shared.
  }
}
