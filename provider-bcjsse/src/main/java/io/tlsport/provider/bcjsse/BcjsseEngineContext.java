package io.tlsport.provider.bcjsse;

import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.PeerChecks;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;

/** Engines of BC-JSSE. One without a peer's host never resumes, which is what clients get. */
final class BcjsseEngineContext implements EngineContext {
  private final ContextSpec spec;
  private final PeerChecks checks = new PeerChecks(engine -> engine);
  private final JsseContexts contexts;
  private final Map<Identity, Identity> known;

  BcjsseEngineContext(
      ContextSpec spec, ForeignKeys keys, JsseContexts.Maker maker, Optional<SecureRandom> random) {
    this.spec = spec;
    this.known =
        spec.identities().stream()
            .distinct()
            .collect(Collectors.toMap(Function.identity(), keys::known));
    this.contexts = new JsseContexts(spec, maker, random, checks);
  }

  @Override
  public TlsEngine newEngine(EngineSpec engineSpec, EngineEvents events) {
    SSLEngine engine =
        contexts
            .of(engineSpec.identity().map(one -> known.getOrDefault(one, one)))
            .createSSLEngine();
    BcjsseEngineConfigurer.configure(engine, spec.role(), engineSpec);
    checks.add(engine, events);
    return new BcjsseEngine(engine, () -> checks.remove(engine));
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
