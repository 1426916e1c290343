package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.Support;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which provider does the work, and how strictly it is held. */
final class ProviderArguments {
  private static final String AUTO = "auto";

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "jdk, conscrypt, bcjsse, bctls, any other, or auto (default)")
  String provider = AUTO;

  @Option(
      names = "--provider-internals",
      description = "allow vendor internals where a feature needs them")
  boolean internals;

  @Option(
      names = "--accelerator",
      paramLabel = "NAME",
      description = "of provider jdk: conscrypt or bc compute its handshakes' cryptography")
  @Nullable String accelerator;

  @Option(names = "--fips", description = "FIPS class path, approved mode only")
  boolean fips;

  /**
   * A provider at work.
   *
   * @param tls what was started
   * @param made what was made with it
   */
  record Started<T>(Tls tls, T made) implements AutoCloseable {
    /** Stops the provider. */
    @Override
    public void close() {
      tls.close();
    }
  }

  /**
   * Starts the provider and makes something with it. A feature that it covers for some versions
   * only is allowed, with one line that says so.
   *
   * @param policy the name of the policy
   */
  <T> Started<T> start(Terminal terminal, String policy, Function<Tls, T> work) {
    return start(terminal, policy, builder -> {}, work);
  }

  /**
   * Starts the provider with more settings, and makes something with it.
   *
   * @param settings what else the runtime is built with
   */
  <T> Started<T> start(
      Terminal terminal, String policy, Consumer<Tls.Builder> settings, Function<Tls, T> work) {
    Set<Capability> partial = EnumSet.noneOf(Capability.class);
    String name = provider;
    while (true) {
      Tls tls = build(terminal, name, policy, partial, settings);
      if (name.equals(AUTO)) {
        name = tls.provider().name();
        terminal.note("provider auto: " + name);
      }
      try {
        return new Started<>(tls, work.apply(tls));
      } catch (UnsupportedFeatureException refused) {
        Support support = tls.capabilities().of(refused.capability());
        tls.close();
        if (!(support instanceof Support.Only only) || !partial.add(refused.capability())) {
          throw refused;
        }
        terminal.note(covered(name, refused.capability(), only));
      } catch (RuntimeException failed) {
        tls.close();
        throw failed;
      }
    }
  }

  private Tls build(
      Terminal terminal,
      String name,
      String policy,
      Set<Capability> partial,
      Consumer<Tls.Builder> settings) {
    Tls.Builder builder =
        Tls.builder()
            .provider(name)
            .onProviderSkipped(sentence -> terminal.note("passed over: " + sentence))
            .internals(internals)
            .allowPartial(partial.toArray(Capability[]::new))
            .policy(policy);
    if (accelerator != null) {
      builder.accelerator(accelerator);
    }
    settings.accept(builder);
    return (fips ? builder.requireFips() : builder).build();
  }

  /**
   * Refuses now what would else be refused in the middle of a connection; a partial yes is said.
   *
   * @throws UnsupportedFeatureException if the provider cannot do it
   */
  static void demand(Terminal terminal, Tls tls, List<Capability> capabilities) {
    String name = tls.provider().name();
    for (Capability capability : capabilities) {
      Support support = tls.capabilities().of(capability);
      if (support instanceof Support.No no) {
        throw new UnsupportedFeatureException(capability, name, no.reason());
      }
      if (support instanceof Support.Only only) {
        terminal.note(covered(name, capability, only));
      }
    }
  }

  private static String covered(String provider, Capability capability, Support.Only only) {
    return provider
        + " covers "
        + capability
        + " for "
        + only.versions().stream().sorted().toList()
        + " only: "
        + only.reason();
  }
}
