package io.tlsport.core.runtime;

import io.tlsport.ContextReload;
import io.tlsport.FipsStatus;
import io.tlsport.ReloadableContext;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TlsListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** A context with a successor. Replacing is done one at a time; using never waits. */
class DefaultReloadableContext implements ReloadableContext {
  private final Function<SecureContextOptions, DefaultSecureContext> loader;
  private final List<TlsListener> observers;
  private final EngineExport export;
  private final Set<Consumer<DefaultSecureContext>> checks = ConcurrentHashMap.newKeySet();
  private final Event<ContextReload> reloads = new Event<>();
  private volatile InForce inForce;

  private record InForce(DefaultSecureContext context, long generation) {}

  /**
   * Begins with that context.
   *
   * @param loader makes the others
   */
  DefaultReloadableContext(
      DefaultSecureContext first,
      Function<SecureContextOptions, DefaultSecureContext> loader,
      List<TlsListener> observers,
      EngineExport export) {
    this.inForce = new InForce(first, 1);
    this.loader = loader;
    this.observers = observers;
    this.export = export;
  }

  /** The one that is in force now. */
  DefaultSecureContext inForce() {
    return inForce.context();
  }

  /** What every successor has to pass, until that is given up. */
  void require(Consumer<DefaultSecureContext> check) {
    checks.add(check);
  }

  /** Gives up a check. */
  void release(Consumer<DefaultSecureContext> check) {
    checks.remove(check);
  }

  @Override
  public SecureContext current() {
    return inForce();
  }

  @Override
  public String provider() {
    return inForce().provider();
  }

  @Override
  public SecureContextOptions options() {
    return inForce().options();
  }

  @Override
  public FipsStatus fipsStatus() {
    return inForce().fipsStatus();
  }

  @Override
  public SSLEngine newEngine(SocketOptions wanted) {
    return export.engine(this::inForce, wanted);
  }

  @Override
  public SSLContext sslContext() {
    return export.context(this::inForce);
  }

  @Override
  public long generation() {
    return inForce.generation();
  }

  @Override
  public ContextReload replace(SecureContextOptions options) {
    return replace(loader.apply(options));
  }

  /** Checks a context that is loaded already, and puts it in force. */
  final ContextReload replace(DefaultSecureContext next) {
    checks.forEach(check -> check.accept(next));
    ContextReload reload;
    synchronized (this) {
      InForce before = inForce;
      next.inheritTicketKeys(before.context());
      inForce = new InForce(next, before.generation() + 1);
      reload = OwnCertificates.replaced(before.generation() + 1, before.context(), next);
    }
    Observers.tell(observers, observer -> observer.contextReloaded(reload));
    Observers.emit(reloads, reload);
    return reload;
  }

  @Override
  public ReloadableContext onReload(Consumer<ContextReload> listener) {
    reloads.add(listener);
    return this;
  }
}
