package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.Multibinder;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Tls;
import io.tlsport.core.guice.TlsGuiceModule;
import io.tlsport.provider.conscrypt.ConscryptProviderFactory;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four providers are on the class path here: how one of them is chosen. */
class ProviderChoiceTest {
  @Test
  void refusesToGuessAmongSeveralAndListsThem() {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> Tls.builder().build());
    assertEquals(ErrorCode.ERR_PROVIDER_AMBIGUOUS, refused.code());
    assertTrue(
        refused.getMessage().contains("[jdk, conscrypt, bcjsse, bctls]"),
        () -> refused.getMessage());
  }

  @Test
  void refusesAnUnknownNameAndListsTheKnown() {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> Tls.builder().provider("acme").build());
    assertEquals(ErrorCode.ERR_PROVIDER_UNKNOWN, refused.code());
    assertTrue(
        refused.getMessage().contains("[jdk, conscrypt, bcjsse, bctls]"),
        () -> refused.getMessage());
  }

  @Test
  void takesTheFirstThatCanRun() {
    List<String> skipped = new ArrayList<>();
    try (Tls tls = Tls.builder().provider("auto").onProviderSkipped(skipped::add).build()) {
      assertEquals("jdk", tls.provider().name());
      assertEquals(List.of(), skipped);
    }
  }

  @Test
  void bindsOneRuntimeInAnApplicationsInjector() {
    Injector injector =
        Guice.createInjector(new TlsGuiceModule(builder -> builder.provider("bcjsse")));
    try (Tls tls = injector.getInstance(Tls.class)) {
      assertEquals("bcjsse", tls.provider().name());
      assertSame(tls, injector.getInstance(Tls.class));
    }
  }

  @Test
  void letsAnApplicationReplaceAProviderOfTheSameName() {
    List<String> created = new ArrayList<>();
    TlsProviderFactory mine =
        new TlsProviderFactory() {
          @Override
          public String name() {
            return "jdk";
          }

          @Override
          public TlsProvider create(ProviderConfig config) {
            created.add(name());
            return new ConscryptProviderFactory().create(config);
          }
        };
    Injector injector =
        Guice.createInjector(
            new TlsGuiceModule(builder -> builder.provider("jdk")),
            new AbstractModule() {
              @Override
              protected void configure() {
                Multibinder.newSetBinder(binder(), TlsProviderFactory.class)
                    .addBinding()
                    .toInstance(mine);
              }
            });
    try (Tls tls = injector.getInstance(Tls.class)) {
      assertEquals(List.of("jdk"), created);
      assertEquals("conscrypt", tls.provider().name());
    }
  }
}
