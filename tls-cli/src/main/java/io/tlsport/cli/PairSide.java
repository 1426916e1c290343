package io.tlsport.cli;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Support;
import io.tlsport.Tls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One side of pairs: a provider, what it declares, and what makes its servers and clients. */
final class PairSide {
  private final String name;
  private final Capabilities declared;
  private final Tls tls;
  private final Map<List<?>, Optional<PairLack>> refusals = new ConcurrentHashMap<>();

  PairSide(String name, Capabilities declared, Tls tls) {
    this.name = name;
    this.declared = declared;
    this.tls = tls;
  }

  /** What makes its servers and clients. */
  Tls tls() {
    return tls;
  }

  /** What is declared of that. */
  Optional<PairLack> lack(Capability need, ProtocolVersion version) {
    Support support = declared.of(need);
    return support.covers(version)
        ? Optional.empty()
        : Optional.of(
            new PairLack(
                name, Optional.of(need), ProviderStatus.reason(support).orElse(need.name())));
  }

  /**
   * What stands against that key on this side, in contexts that are asked for a feature as a
   * client's are: what is declared, and what a provider only says when such a context is made. What
   * an engine does not sign with, it does not verify.
   */
  List<PairLack> lacks(
      PairKey key, ProtocolVersion version, PairFeature feature, PairIdentities identities) {
    return Stream.concat(
            key.needs().flatMap(need -> lack(need, version)).stream(),
            refusals
                .computeIfAbsent(
                    List.of(version, key, feature),
                    any -> refusal(version, identities, c -> feature.client(c, identities)))
                .stream())
        .toList();
  }

  private Optional<PairLack> refusal(
      ProtocolVersion version,
      PairIdentities identities,
      Consumer<SecureContextOptions.Builder> context) {
    SecureContextOptions.Builder options =
        SecureContextOptions.builder()
            .key(identities.server().key())
            .cert(identities.server().chain())
            .minVersion(version)
            .maxVersion(version);
    context.accept(options);
    try {
      tls.createSecureContext(options.build());
      return Optional.empty();
    } catch (ConfigurationException refused) {
      return refused.code() == ErrorCode.ERR_OSSL_UNSUPPORTED
          ? Optional.of(new PairLack(name, Optional.empty(), String.valueOf(refused.getMessage())))
          : Optional.empty();
    }
  }

  /** The provider's name. */
  @Override
  public String toString() {
    return name;
  }
}
