package io.tlsport.cli;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import io.tlsport.Support;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.core.wiring.DefaultProviderConfig;
import io.tlsport.core.wiring.ProviderCatalog;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One provider on this machine.
 *
 * @param info who it is
 * @param unavailable why it cannot run here; empty if it can
 * @param fips its FIPS status
 * @param capabilities its table; all a no if it cannot run here
 */
record ProviderStatus(
    ProviderInfo info, Optional<String> unavailable, FipsStatus fips, Capabilities capabilities) {

  /** All that are on the class path, in the order of {@code auto}. */
  static List<ProviderStatus> all(boolean internals, boolean fips) {
    // At the same time: each of them loads a library of its own.
    List<CompletableFuture<ProviderStatus>> all =
        ProviderCatalog.ofServices().names().stream()
            .map(name -> CompletableFuture.supplyAsync(() -> of(name, internals, fips)))
            .toList();
    return all.stream().map(Waiting::on).toList();
  }

  /** The names of those that run here, or the one that is wanted alone. */
  static List<String> usable(@Nullable String wanted, boolean internals) {
    return wanted != null
        ? List.of(wanted)
        : all(internals, false).stream()
            .filter(status -> status.unavailable().isEmpty())
            .map(status -> status.info().name())
            .toList();
  }

  private static ProviderStatus of(String name, boolean internals, boolean fips) {
    Tls.Builder builder = Tls.builder().provider(name).internals(internals);
    try (Tls tls = (fips ? builder.requireFips() : builder).build()) {
      return new ProviderStatus(
          tls.provider(), Optional.empty(), tls.fipsStatus(), tls.capabilities());
    } catch (ConfigurationException refused) {
      // One without FIPS is refused as a whole, like one that cannot run.
      boolean noFips =
          refused instanceof UnsupportedFeatureException unsupported
              && unsupported.capability() == Capability.FIPS;
      if (!noFips
          && refused.code() != ErrorCode.ERR_PROVIDER_UNAVAILABLE
          && refused.code() != ErrorCode.ERR_CRYPTO_FIPS_UNAVAILABLE) {
        throw refused;
      }
      String reason = String.valueOf(refused.getMessage());
      return new ProviderStatus(
          info(name, fips), Optional.of(reason), FipsStatus.none(reason), nothing(reason));
    }
  }

  private static ProviderInfo info(String name, boolean fips) {
    for (TlsProviderFactory factory : ServiceLoader.load(TlsProviderFactory.class)) {
      if (factory.name().equals(name)) {
        try (TlsProvider provider = factory.create(new DefaultProviderConfig(false, fips))) {
          return provider.info();
        } catch (LinkageError missing) {
          return new ProviderInfo(name, "unknown", name, false, 0, Set.of());
        }
      }
    }
    throw new IllegalStateException("the provider " + name + " is on the class path no longer");
  }

  private static Capabilities nothing(String reason) {
    Capabilities.Builder table = Capabilities.builder();
    for (Capability capability : Capability.values()) {
      table.put(capability, Support.no(reason));
    }
    return table.build();
  }

  /** The members of its event. */
  Members members() {
    return Members.of("name", info.name())
        .with("version", info.version())
        .with("description", info.description())
        .with("available", unavailable.isEmpty())
        .with("reason", unavailable.orElse(null))
        .with("fips", fips.approved())
        .with("fipsParts", fips.parts().stream().map(FipsStatus.Part::sentence).toList())
        .with("capabilities", Arrays.stream(Capability.values()).map(this::capability).toList());
  }

  private Members capability(Capability capability) {
    Support support = capabilities.of(capability);
    return Members.of("name", capability.name())
        .with("supported", support.supported())
        .with("support", word(support))
        .with("versions", support instanceof Support.Only only ? versions(only) : null)
        .with("reason", reason(support).orElse(null));
  }

  /** {@code yes}, {@code only}, {@code internals} or {@code no}. */
  static String word(Support support) {
    if (support instanceof Support.Yes yes) {
      return yes.internals() ? "internals" : "yes";
    }
    return support instanceof Support.Only ? "only" : "no";
  }

  /** The versions that a partial yes covers, oldest first. */
  static List<String> versions(Support.Only only) {
    return only.versions().stream().sorted().map(ProtocolVersion::id).toList();
  }

  /** Why it is not a full yes. */
  static Optional<String> reason(Support support) {
    if (support instanceof Support.No no) {
      return Optional.of(
          no.reason() + no.evidence().map(evidence -> " (" + evidence + ")").orElse(""));
    }
    return support instanceof Support.Only only ? Optional.of(only.reason()) : Optional.empty();
  }
}
