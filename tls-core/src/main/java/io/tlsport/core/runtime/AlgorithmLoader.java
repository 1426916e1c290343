package io.tlsport.core.runtime;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.PostQuantum;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.credentials.DhParameterReader;
import io.tlsport.core.policy.baseline.GroupSelection;
import io.tlsport.core.policy.baseline.SchemeSelection;
import io.tlsport.core.policy.baseline.SecureOptions;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.baseline.SuiteSelection;
import io.tlsport.core.policy.baseline.VersionSelection;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.group.DhParameters;
import io.tlsport.core.policy.group.DheGroups;
import io.tlsport.core.policy.group.NamedGroup;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Offer;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.DHParameterSpec;

/** Options to {@link DefaultSecureContext.Algorithms} on one provider. */
final class AlgorithmLoader {
  private final Offer offer;
  private final CapabilityDemand demand;
  private final SecurityPolicy policy;

  AlgorithmLoader(Offer offer, CapabilityDemand demand, SecurityPolicy policy) {
    this.offer = offer;
    this.demand = demand;
    this.policy = policy;
  }

  /** Refuses what the provider has not, before anything else is looked at. */
  void demand(SecureContextOptions options) {
    List<ProtocolVersion> versions = VersionSelection.select(policy, options);
    for (ProtocolVersion version : versions) {
      demand.require(
          switch (version) {
            case TLS_1_2 -> Capability.TLS_1_2;
            case TLS_1_3 -> Capability.TLS_1_3;
            case TLS_1_0, TLS_1_1 -> Capability.LEGACY_PROTOCOLS;
          });
    }
    if (options.honorCipherOrder().isPresent() || serverOrder(options)) {
      demand.require(
          serverOrder(options) ? Capability.SERVER_CIPHER_ORDER : Capability.CLIENT_CIPHER_ORDER,
          versions);
    }
    boolean tls13 = versions.contains(ProtocolVersion.TLS_1_3);
    demandGroups(options, versions, tls13);
    if (tls13 && CipherList.choosesTls13(options.ciphers().orElse(policy.ciphers()))) {
      demand.require(Capability.TLS_1_3_CIPHERS);
    }
  }

  private void demandGroups(
      SecureContextOptions options, List<ProtocolVersion> versions, boolean tls13) {
    if (options.ecdhCurve().isPresent()) {
      demand.require(Capability.NAMED_GROUPS, versions);
      if (GroupSelection.namesPostQuantum(options.ecdhCurve().get())) {
        demand.require(Capability.POST_QUANTUM_GROUPS, versions);
      }
    }
    if (options.postQuantum() == PostQuantum.REQUIRE) {
      demand.require(Capability.NAMED_GROUPS, versions);
      demand.require(Capability.POST_QUANTUM_GROUPS, versions);
    }
    if (options.ecdhDisabled() && tls13) {
      // TLS 1.3 exchanges keys over a group every time: without curves, a finite field is left.
      demand.require(Capability.NAMED_GROUPS, versions);
      demand.require(Capability.DHE, List.of(ProtocolVersion.TLS_1_3));
    }
  }

  private static boolean serverOrder(SecureContextOptions options) {
    return options.honorCipherOrder().orElse(SecureOptions.prefersServer(options.secureOptions()));
  }

  /**
   * What may be negotiated.
   *
   * @throws ConfigurationException if the options leave nothing, or cannot be read
   */
  DefaultSecureContext.Algorithms load(SecureContextOptions options, List<Identity> identities) {
    List<ProtocolVersion> versions = VersionSelection.select(policy, options);
    VersionSelection.requireAllowed(versions, policy.securityLevel(options.ciphers()));
    List<String> suites =
        SuiteSelection.select(policy, options.ciphers(), offer, versions, !options.ecdhDisabled());
    Optional<DhParameters> parameters = dhparam(options, identities);
    Optional<NamedGroup> chosen = parameters.flatMap(this::group);
    if (parameters.isPresent() && chosen.isEmpty()) {
      demand.require(Capability.DH_PARAMETERS);
    }
    List<String> finite =
        chosen
            .map(group -> List.of(group.standardName()))
            .orElseGet(() -> NamedGroup.finiteFields(offer.groups()));
    List<String> dhe = SuiteSelection.dhe(suites).isEmpty() ? List.of() : finite;
    List<String> groups =
        GroupSelection.select(
            policy,
            options,
            offer,
            versions.contains(ProtocolVersion.TLS_1_3),
            dhe,
            !dhe.isEmpty() && chosen.isPresent());
    List<String> schemes =
        options
            .sigalgs()
            .map(list -> SchemeSelection.select(list, offer))
            .orElseGet(() -> policy.schemes().stream().filter(offer.schemes()::contains).toList());
    return new DefaultSecureContext.Algorithms(
        versions,
        suites,
        SuiteSelection.psk(suites, false),
        groups,
        groups.isEmpty() ? dhe : NamedGroup.finiteFields(groups),
        parameters
            .filter(given -> chosen.isEmpty())
            .map(given -> new DHParameterSpec(given.prime(), given.generator())),
        schemes,
        schemes.isEmpty() ? offer.schemes() : schemes,
        serverOrder(options));
  }

  private static Optional<DhParameters> dhparam(
      SecureContextOptions options, List<Identity> identities) {
    if (options.dhparamAuto()) {
      return Optional.of(
          DhParameters.of(
              DheGroups.ofKeys(
                  identities.stream().map(each -> each.certificate().getPublicKey()).toList())));
    }
    return options.dhparam().map(DhParameterReader::read);
  }

  /** The group that the parameters are, if the engine has it. */
  private Optional<NamedGroup> group(DhParameters parameters) {
    return parameters.group().filter(known -> offer.groups().contains(known.standardName()));
  }
}
