package io.tlsport.provider.conscrypt;

import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.PeerChecks;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Engines of Conscrypt. A client resumes by itself whenever host and port were there before, so
 * that each gets a port that never comes again; by it an engine is also known to the trust manager,
 * which is given another object than this class.
 */
final class ConscryptEngineContext implements EngineContext {
  private final ContextSpec spec;
  private final PeerChecks checks = new PeerChecks(SSLEngine::getPeerPort);
  private final JsseContexts contexts;
  private final AtomicInteger nextPort = new AtomicInteger();

  ConscryptEngineContext(
      ContextSpec spec, JsseContexts.Maker maker, Optional<SecureRandom> random) {
    this.spec = spec;
    this.contexts = new JsseContexts(spec, maker, random, checks);
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    SSLContext context = contexts.of(engineSpec.identity());
    SSLEngine engine =
        context.createSSLEngine(engineSpec.sni().orElse("localhost"), nextPort.incrementAndGet());
    ConscryptEngineConfigurer.configure(engine, spec, engineSpec);
    checks.add(engine, events);
    return new ConscryptEngine(engine, () -> checks.remove(engine));
  }

  @Override
  public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Conscrypt frees what is shared when the context is collected.
  }
}
