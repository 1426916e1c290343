package io.tlsport.core.runtime;

import io.tlsport.Capability;
import io.tlsport.InsecureKeyLog;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import io.tlsport.RenegotiateOptions;
import io.tlsport.Support;
import io.tlsport.core.engine.EngineStart;
import io.tlsport.core.engine.Hold;
import io.tlsport.core.engine.Judge;
import io.tlsport.core.engine.PeerVerdict;
import io.tlsport.core.engine.PreSharedKeys;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.TlsProvider;
import java.util.Optional;
import java.util.function.Function;

/** Makes engines ready for a driver. */
final class EngineFactory {
  private final TlsProvider provider;
  private final ProviderInfo info;
  private final Optional<InsecureKeyLog> keyLog;
  private final Support psk;

  EngineFactory(TlsProvider provider, Optional<InsecureKeyLog> keyLog) {
    this.provider = provider;
    this.info = provider.info();
    this.keyLog = keyLog;
    this.psk = provider.capabilities().of(Capability.PSK);
  }

  /** Whether engines are to tell their secrets. */
  boolean logsKeys() {
    return keyLog.isPresent();
  }

  /** Whether engines have pre-shared keys in that version. */
  boolean takesPsk(ProtocolVersion version) {
    return psk.covers(version);
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
      Function<RenegotiateOptions, Judge> judges,
      SessionReports sessions,
      Hold hold,
      int minDhSize,
      Optional<PreSharedKeys> keys) {
    return start(context.clientEngines(), spec, judge, judges, sessions, hold, minDhSize, keys);
  }

  /** For a connection of a server, whose sessions may go to a store. */
  EngineStart server(
      EngineContext context,
      EngineSpec spec,
      Judge judge,
      Function<RenegotiateOptions, Judge> judges,
      Optional<StoredSessions> stored,
      Optional<PreSharedKeys> keys) {
    return start(
        context,
        spec,
        judge,
        judges,
        stored.<SessionReports>map(s -> s).orElse(SessionReports.IGNORED),
        stored.<Hold>map(s -> s).orElse(Hold.NONE),
        0,
        keys);
  }

  private EngineStart start(
      EngineContext context,
      EngineSpec spec,
      Judge judge,
      Function<RenegotiateOptions, Judge> judges,
      SessionReports sessions,
      Hold hold,
      int minDhSize,
      Optional<PreSharedKeys> keys) {
    PeerVerdict peer = new PeerVerdict(judge);
    return new EngineStart(
        context.newEngine(spec, new ConnectionEvents(peer, sessions, keyLog, keys)),
        info.directBuffers(),
        provider::explain,
        peer,
        judges,
        hold,
        info.readsAfterEnd()::contains,
        minDhSize,
        sessions::ticket,
        keys);
  }
}
