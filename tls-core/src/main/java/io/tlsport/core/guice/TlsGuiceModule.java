package io.tlsport.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.tlsport.Tls;
import io.tlsport.core.runtime.DefaultTlsBuilder;
import io.tlsport.core.wiring.ProviderCatalog;
import io.tlsport.spi.TlsProviderFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Binds {@link Tls} as a singleton in the application's own injector. Providers come from the
 * service loader; others are added, or replace those of the same name, through a {@link
 * Multibinder} of {@link TlsProviderFactory}. The application closes the {@link Tls} itself.
 *
 * <pre>{@code
 * Injector injector = Guice.createInjector(new TlsGuiceModule(tls -> tls.provider("conscrypt")));
 * Tls tls = injector.getInstance(Tls.class);
 * }</pre>
 */
public final class TlsGuiceModule extends AbstractModule {
  private final Consumer<Tls.Builder> configuration;

  /** A module whose {@link Tls} is built as {@code configuration} says. */
  public TlsGuiceModule(Consumer<Tls.Builder> configuration) {
    this.configuration = configuration;
  }

  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), TlsProviderFactory.class);
  }

  @Provides
  @Singleton
  Tls tls(Set<TlsProviderFactory> added) {
    List<TlsProviderFactory> factories = new ArrayList<>(added);
    Set<String> names = Set.copyOf(added.stream().map(TlsProviderFactory::name).toList());
    for (TlsProviderFactory found :
        ServiceLoader.load(TlsProviderFactory.class, TlsGuiceModule.class.getClassLoader())) {
      if (!names.contains(found.name())) {
        factories.add(found);
      }
    }
    Tls.Builder builder = new DefaultTlsBuilder(ProviderCatalog.of(factories));
    configuration.accept(builder);
    return builder.build();
  }
}
