package io.tlsport.core.guice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.Multibinder;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Tls;
import io.tlsport.core.fixtures.FakeProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TlsGuiceModuleTest {
  private static Injector injector(Consumer<Tls.Builder> configuration, FakeProvider... added) {
    return Guice.createInjector(
        new TlsGuiceModule(configuration),
        new AbstractModule() {
          @Override
          protected void configure() {
            Multibinder<TlsProviderFactory> factories =
                Multibinder.newSetBinder(binder(), TlsProviderFactory.class);
            for (FakeProvider factory : added) {
              factories.addBinding().toInstance(factory);
            }
          }
        });
  }

  @Test
  void bindsOneRuntimeForTheApplication() {
    Injector injector = injector(tls -> {}, FakeProvider.named("acme"));
    try (Tls tls = injector.getInstance(Tls.class)) {
      assertSame(tls, injector.getInstance(Tls.class));
      assertEquals("acme", tls.provider().name());
    }
  }

  @Test
  void buildsTheRuntimeAsTheApplicationSays() {
    FakeProvider one = FakeProvider.named("one");
    FakeProvider two = FakeProvider.named("two");
    try (Tls tls = injector(builder -> builder.provider("two"), one, two).getInstance(Tls.class)) {
      assertEquals("two", tls.provider().name());
    }
    assertEquals(List.of(), one.events());
    assertEquals(List.of("create", "close"), two.events());
  }

  @Test
  void makesNothingBeforeTheRuntimeIsAskedFor() {
    FakeProvider provider = FakeProvider.named("acme");
    injector(tls -> {}, provider);
    assertEquals(List.of(), provider.events());
  }

  @Test
  void refusesAsTheBuilderDoes() {
    Injector injector = injector(tls -> {}, FakeProvider.named("one"), FakeProvider.named("two"));
    ProvisionException refused =
        assertThrows(ProvisionException.class, () -> injector.getInstance(Tls.class));
    ConfigurationException cause = (ConfigurationException) refused.getCause();
    assertEquals(ErrorCode.ERR_PROVIDER_AMBIGUOUS, cause == null ? null : cause.code());
  }
}
