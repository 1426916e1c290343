package io.tlsport.provider.jdk;

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
import javax.net.ssl.SSLEngine;

/** Engines of SunJSSE. One without a peer's host never resumes, which is what clients get. */
final class JdkEngineContext implements EngineContext {
  private final ContextSpec spec;
  private final PeerChecks checks = new PeerChecks(engine -> engine);
  private final JsseContexts contexts;

  JdkEngineContext(ContextSpec spec, Optional<SecureRandom> random) {
    this.spec = spec;
    this.contexts = new JsseContexts(spec, JdkProvider::newContext, random, checks);
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    SSLEngine engine = contexts.of(engineSpec.identity()).createSSLEngine();
    JdkEngineConfigurer.configure(engine, spec.role(), engineSpec);
    checks.add(engine, events);
    return new JdkEngine(engine, () -> checks.remove(engine));
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
