package io.tlsport.core.wiring;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Support;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.spi.Availability;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The providers that are known, and the choice of one of them. Immutable. */
public final class ProviderCatalog {
  /** The name that stands for the first provider that can run here. */
  public static final String AUTO = "auto";

  private static final List<String> AUTO_ORDER = List.of("jdk", "conscrypt", "bcjsse", "bctls");

  private final List<TlsProviderFactory> factories;

  private ProviderCatalog(Collection<? extends TlsProviderFactory> factories) {
    List<TlsProviderFactory> ordered = new ArrayList<>(factories);
    ordered.sort(
        Comparator.<TlsProviderFactory>comparingInt(factory -> rank(factory.name()))
            .thenComparing(TlsProviderFactory::name));
    this.factories = List.copyOf(ordered);
  }

  private static int rank(String name) {
    int index = AUTO_ORDER.indexOf(name);
    return index < 0 ? AUTO_ORDER.size() : index;
  }

  /** Exactly these. */
  public static ProviderCatalog of(Collection<? extends TlsProviderFactory> factories) {
    return new ProviderCatalog(factories);
  }

  /** What the service loader finds: beside this library, or where the application loads from. */
  public static ProviderCatalog ofServices() {
    List<TlsProviderFactory> found = new ArrayList<>();
    ServiceLoader.load(TlsProviderFactory.class, ProviderCatalog.class.getClassLoader())
        .forEach(found::add);
    if (found.isEmpty()) {
      ServiceLoader.load(TlsProviderFactory.class).forEach(found::add);
    }
    return new ProviderCatalog(found);
  }

  /** The names, in the order of {@link #AUTO}. */
  public List<String> names() {
    return factories.stream().map(TlsProviderFactory::name).toList();
  }

  /**
   * The provider of that name.
   *
   * @param name a name, {@link #AUTO}, or null for the only one there is
   * @param approval tells of a provider that has FIPS what is not approved; asked if FIPS is
   *     required
   * @param onSkipped told, with {@link #AUTO}, who was passed over and why
   * @throws ConfigurationException if there is no such provider, it cannot run, it does not take
   *     the accelerator, or several could be meant; or what {@code approval} throws
   */
  public TlsProvider choose(
      @Nullable String name,
      ProviderConfig config,
      Consumer<TlsProvider> approval,
      Consumer<String> onSkipped) {
    if (AUTO.equals(name)) {
      return firstAvailable(config, approval, onSkipped);
    }
    if (name == null && factories.size() > 1) {
      throw new ConfigurationException(
          ErrorCode.ERR_PROVIDER_AMBIGUOUS,
          "several providers are on the class path: name one of "
              + names()
              + ", or auto for the first that can run");
    }
    return available(factory(name), config, approval);
  }

  private TlsProviderFactory factory(@Nullable String name) {
    for (TlsProviderFactory factory : factories) {
      if (name == null || factory.name().equals(name)) {
        return factory;
      }
    }
    throw new ConfigurationException(
        ErrorCode.ERR_PROVIDER_UNKNOWN,
        name == null
            ? "no provider is on the class path: add tlsport-provider-jdk or another one"
            : "provider \"" + name + "\" is not on the class path; known are " + names());
  }

  private static TlsProvider available(
      TlsProviderFactory factory, ProviderConfig config, Consumer<TlsProvider> approval) {
    TlsProvider provider = create(factory, config);
    config.accelerator().ifPresent(name -> requireAccelerator(provider, name));
    Availability availability = provider.availability();
    if (!availability.available()) {
      provider.close();
      throw unavailable(factory.name() + " cannot run here: " + availability.reason());
    }
    if (config.fips()) {
      requireApproved(provider, approval);
    }
    return provider;
  }

  /** An adapter whose engine is not there fails in ways that it cannot tell itself. */
  private static TlsProvider create(TlsProviderFactory factory, ProviderConfig config) {
    try {
      return factory.create(config);
    } catch (LinkageError missing) {
      throw new ConfigurationException(
          ErrorCode.ERR_PROVIDER_UNAVAILABLE,
          factory.name()
              + " cannot run here: classes of its engine are missing, or of another version ("
              + missing.getMessage()
              + "); put the engine's jars on the class path, of the version that the adapter asks"
              + " for",
          missing);
    }
  }

  private static void requireAccelerator(TlsProvider provider, String accelerator) {
    if (!provider.accelerators().contains(accelerator)) {
      String name = provider.info().name();
      String known =
          provider.accelerators().isEmpty()
              ? "takes no accelerator"
              : "takes one of " + provider.accelerators().stream().sorted().toList();
      provider.close();
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "accelerator \"" + accelerator + "\": " + name + " " + known);
    }
  }

  private static void requireApproved(TlsProvider provider, Consumer<TlsProvider> approval) {
    String name = provider.info().name();
    if (provider.capabilities().of(Capability.FIPS) instanceof Support.No no) {
      provider.close();
      throw new UnsupportedFeatureException(Capability.FIPS, name, no.reason());
    }
    try {
      approval.accept(provider);
    } catch (RuntimeException refused) {
      provider.close();
      throw refused;
    }
  }

  private static ConfigurationException unavailable(String sentence) {
    return new ConfigurationException(ErrorCode.ERR_PROVIDER_UNAVAILABLE, sentence);
  }

  private TlsProvider firstAvailable(
      ProviderConfig config, Consumer<TlsProvider> approval, Consumer<String> onSkipped) {
    for (TlsProviderFactory factory : factories) {
      try {
        return available(factory, config, approval);
      } catch (ConfigurationException unavailable) {
        onSkipped.accept(unavailable.getMessage());
      }
    }
    throw unavailable("none of the providers " + names() + " can run here");
  }
}
