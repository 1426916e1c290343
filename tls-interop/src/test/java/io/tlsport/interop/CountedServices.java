package io.tlsport.interop;

import io.tlsport.spi.JcaServices;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees what is asked of the JCA, as the first of its providers: private keys that are parsed, and
 * what trust is built with. Everything is then done by the providers behind it.
 */
final class CountedServices extends Provider {
  @Serial private static final long serialVersionUID = 1L;

  private static final Set<String> WATCHED =
      Set.of(
          "KeyStore",
          "TrustManagerFactory",
          "KeyManagerFactory",
          "CertPathBuilder",
          "CertPathValidator",
          "CertStore",
          "SecretKeyFactory");

  private final transient ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
  private final transient List<Provider> others = List.of(Security.getProviders());

  CountedServices() {
    super("CountedServices", "1", "sees what others do");
  }

  /** What was asked since the last {@link #forget()}. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  void forget() {
    seen.clear();
  }

  /** That factory, whose providers give the core these services in front of the JDK's. */
  TlsProviderFactory around(TlsProviderFactory factory) {
    JcaServices counted =
        JcaServices.of(
            Stream.concat(Stream.of(this), others.stream()).toList(), new SecureRandom());
    return new TlsProviderFactory() {
      @Override
      public String name() {
        return factory.name();
      }

      @Override
      public TlsProvider create(ProviderConfig config) {
        TlsProvider real = factory.create(config);
        return (TlsProvider)
            Proxy.newProxyInstance(
                CountedServices.class.getClassLoader(),
                new Class<?>[] {TlsProvider.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.getName().equals("jca")
                        ? counted
                        : method.invoke(real, arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
      }
    };
  }

  @Override
  public @Nullable Service getService(String type, String algorithm) {
    if (WATCHED.contains(type)) {
      seen.add(type + " " + algorithm);
    }
    if (!type.equals("KeyFactory")) {
      return null;
    }
    for (Provider other : others) {
      if (other.getService(type, algorithm) != null) {
        return new Service(this, type, algorithm, Counted.class.getName(), null, null) {
          @Override
          public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return new Counted(KeyFactory.getInstance(algorithm, other));
          }
        };
      }
    }
    return null;
  }

  private final class Counted extends KeyFactorySpi {
    private final KeyFactory real;

    Counted(KeyFactory real) {
      this.real = real;
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
      return real.generatePublic(spec);
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      seen.add("private key " + real.getAlgorithm());
      return real.generatePrivate(spec);
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> spec)
        throws InvalidKeySpecException {
      return real.getKeySpec(key, spec);
    }

    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
      return real.translateKey(key);
    }
  }
}
