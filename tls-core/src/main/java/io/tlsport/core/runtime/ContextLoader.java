package io.tlsport.core.runtime;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.credentials.KeyMaterial;
import io.tlsport.core.credentials.RootStores;
import io.tlsport.core.credentials.TrustMaterial;
import io.tlsport.core.policy.baseline.GroupSelection;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.baseline.SuiteSelection;
import io.tlsport.core.policy.baseline.VersionSelection;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.verify.CertificateVerifier;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Offer;
import io.tlsport.spi.TlsProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/** Options to a {@link DefaultSecureContext}: everything that is wrong in them is told here. */
final class ContextLoader {
  /** The seed's {@code sessionTimeout}. */
  private static final Duration SESSION_TIMEOUT = Duration.ofMinutes(5);

  private final TlsProvider provider;
  private final CapabilityDemand demand;
  private final SecurityPolicy policy;
  private final RootStores roots;
  private final InstantSource clock;

  ContextLoader(
      TlsProvider provider,
      CapabilityDemand demand,
      SecurityPolicy policy,
      RootStores roots,
      InstantSource clock) {
    this.provider = provider;
    this.demand = demand;
    this.policy = policy;
    this.roots = roots;
    this.clock = clock;
  }

  DefaultSecureContext load(SecureContextOptions options) {
    demandFeatures(options);
    DefaultSecureContext.Algorithms algorithms = algorithms(options);
    return new DefaultSecureContext(
        provider,
        options,
        algorithms,
        approved(options),
        options.sessionTimeout().orElse(SESSION_TIMEOUT));
  }

  /** A FIPS module refuses what is not approved by an {@link Error}. */
  private DefaultSecureContext.Credentials approved(SecureContextOptions options) {
    try {
      return credentials(options);
    } catch (VirtualMachineError | LinkageError notOfTheModule) {
      throw notOfTheModule;
    } catch (Error refused) {
      throw new ConfigurationException(
          ErrorCode.ERR_OSSL_UNSUPPORTED,
          "the cryptographic module refuses a key, a certificate or how it is encrypted: "
              + refused.getMessage(),
          refused);
    }
  }

  private void demandFeatures(SecureContextOptions options) {
    if (!options.ticketKeys().isEmpty()) {
      demand.require(Capability.TICKET_KEYS);
    }
    if (options.sessionTimeout().isPresent()) {
      demand.require(Capability.SESSION_TIMEOUT);
    }
    if (options.sessionIdContext().isPresent()) {
      demand.require(Capability.SESSION_ID_CONTEXT);
    }
    if (options.dhparam().isPresent()) {
      demand.require(Capability.DHE);
    }
    if (options.sigalgs().isPresent()) {
      demand.require(Capability.SIGNATURE_SCHEMES);
    }
    if (!options.keyEntries().isEmpty()) {
      demand.require(Capability.OPAQUE_KEYS);
    }
  }

  private DefaultSecureContext.Algorithms algorithms(SecureContextOptions options) {
    Offer offer = provider.offer();
    List<ProtocolVersion> versions = VersionSelection.select(policy, options);
    for (ProtocolVersion version : versions) {
      demand.require(
          switch (version) {
            case TLS_1_2 -> Capability.TLS_1_2;
            case TLS_1_3 -> Capability.TLS_1_3;
            case TLS_1_0, TLS_1_1 -> Capability.LEGACY_PROTOCOLS;
          });
    }
    boolean serverOrder = options.honorCipherOrder().orElse(false);
    if (options.honorCipherOrder().isPresent()) {
      demand.require(
          serverOrder ? Capability.SERVER_CIPHER_ORDER : Capability.CLIENT_CIPHER_ORDER, versions);
    }
    if (options.ecdhCurve().isPresent()) {
      demand.require(Capability.NAMED_GROUPS, versions);
      if (GroupSelection.namesPostQuantum(options.ecdhCurve().get())) {
        demand.require(Capability.POST_QUANTUM_GROUPS, versions);
      }
    }
    if (versions.contains(ProtocolVersion.TLS_1_3)
        && CipherList.choosesTls13(options.ciphers().orElse(policy.ciphers()))) {
      demand.require(Capability.TLS_1_3_CIPHERS);
    }
    List<String> groups = GroupSelection.select(policy, options, offer);
    List<String> suites = SuiteSelection.select(policy, options.ciphers(), offer, versions);
    return new DefaultSecureContext.Algorithms(versions, suites, groups, serverOrder);
  }

  private DefaultSecureContext.Credentials credentials(SecureContextOptions options) {
    JcaServices jca = provider.jca();
    List<Identity> identities = KeyMaterial.load(options, jca);
    for (Identity identity : identities) {
      if (isEdwards(identity)) {
        demand.require(Capability.ED25519);
      }
    }
    TrustMaterial trust = TrustMaterial.load(options, jca, roots);
    CertificateVerifier verifier =
        new CertificateVerifier(
            trust.certificates(), trust.crls(), options.allowPartialTrustChain(), jca, clock);
    return new DefaultSecureContext.Credentials(
        identities,
        trust.certificates(),
        trust.given(),
        verifier,
        scope(options, identities, trust.certificates()));
  }

  private static boolean isEdwards(Identity identity) {
    String algorithm = identity.certificate().getPublicKey().getAlgorithm();
    return algorithm.equals("EdDSA") || algorithm.startsWith("Ed25519");
  }

  /** Equal on all instances of a fleet that are configured alike. */
  private String scope(
      SecureContextOptions options, List<Identity> identities, List<X509Certificate> trusted) {
    try {
      MessageDigest digest = provider.jca().messageDigest("SHA-256");
      options
          .sessionIdContext()
          .ifPresent(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
      for (Identity identity : identities) {
        digest.update(identity.certificate().getEncoded());
      }
      for (X509Certificate certificate : trusted) {
        digest.update(certificate.getEncoded());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException failed) {
      throw new ConfigurationException(
          ErrorCode.ERR_OSSL_UNSUPPORTED, "no digest over the certificates: " + failed, failed);
    }
  }
}
