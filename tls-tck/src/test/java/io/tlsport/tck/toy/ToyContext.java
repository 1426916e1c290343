package io.tlsport.tck.toy;

import io.tlsport.ClientAuth;
import io.tlsport.ProtocolVersion;
import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Negotiated;
import io.tlsport.spi.Role;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.JsseResults;
import io.tlsport.spi.jsse.PeerChecks;
import io.tlsport.tck.toy.ToyProviderFactory.Flaw;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Makes engines by their specs, but for the flaw. */
record ToyContext(ContextSpec spec, JsseContexts contexts, PeerChecks checks, Flaw flaw)
    implements EngineContext {
  @Override
  public TlsEngine newEngine(EngineSpec wanted, EngineEvents events) {
    SSLEngine engine = contexts.of(wanted.identity()).createSSLEngine();
    boolean client = spec.role() == Role.CLIENT && flaw != Flaw.HANGS;
    engine.setUseClientMode(client);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(
        wanted.versions().stream().map(ProtocolVersion::id).toArray(String[]::new));
    parameters.setCipherSuites(wanted.suites().toArray(new String[0]));
    parameters.setUseCipherSuitesOrder(wanted.serverOrder());
    if (flaw != Flaw.FORGETS_ALPN) {
      parameters.setApplicationProtocols(wanted.alpn().toArray(new String[0]));
    }
    if (client) {
      List<SNIServerName> names =
          wanted.sni().<List<SNIServerName>>map(n -> List.of(new SNIHostName(n))).orElse(List.of());
      parameters.setServerNames(names);
    } else {
      parameters.setWantClientAuth(wanted.clientAuth() != ClientAuth.NONE);
    }
    engine.setSSLParameters(parameters);
    checks.add(engine, events);
    return new ToyEngine(engine, checks);
  }

  @Override
  public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public void close() {}

  private record ToyEngine(SSLEngine ssl, PeerChecks checks) implements TlsEngine {
    @Override
    public Negotiated negotiated() {
      return JsseResults.of(ssl, ssl.getApplicationProtocol(), Optional.empty());
    }

    @Override
    public <T extends EngineExtension> Optional<T> extension(Class<T> type) {
      return Optional.empty();
    }

    @Override
    public void close() {
      checks.remove(ssl);
    }
  }
}
