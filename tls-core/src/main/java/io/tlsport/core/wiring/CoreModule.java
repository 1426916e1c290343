package io.tlsport.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.tlsport.Tls;
import io.tlsport.core.netty.EventLoops;
import io.tlsport.core.runtime.DefaultTls;
import io.tlsport.core.runtime.HandshakeThreads;
import io.tlsport.core.runtime.TlsSettings;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The parts of one {@link Tls}. */
public final class CoreModule extends AbstractModule {
  private final TlsSettings settings;
  private final int eventLoops;
  private final Optional<Executor> handshakeExecutor;

  /** Parts with those settings. */
  public CoreModule(TlsSettings settings, int eventLoops, Optional<Executor> handshakeExecutor) {
    this.settings = settings;
    this.eventLoops = eventLoops;
    this.handshakeExecutor = handshakeExecutor;
  }

  @Override
  protected void configure() {
    bind(TlsSettings.class).toInstance(settings);
    bind(EventLoops.class).toProvider(() -> new EventLoops(eventLoops)).in(Singleton.class);
    bind(HandshakeThreads.class).toInstance(new HandshakeThreads(handshakeExecutor));
    bind(Tls.class).to(DefaultTls.class).in(Singleton.class);
  }
}
