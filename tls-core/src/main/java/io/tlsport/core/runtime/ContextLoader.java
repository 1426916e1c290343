package io.tlsport.core.runtime;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Support;
import io.tlsport.TicketKeySource;
import io.tlsport.core.credentials.KeyMaterial;
import io.tlsport.core.credentials.RootStores;
import io.tlsport.core.credentials.TrustMaterial;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.baseline.VersionSelection;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.session.SessionOrigin;
import io.tlsport.core.policy.session.SessionScope;
import io.tlsport.core.policy.time.Ticker;
import io.tlsport.core.policy.verify.CertificateSignatures;
import io.tlsport.core.policy.verify.CertificateVerifier;
import io.tlsport.core.policy.verify.ServedChain;
import io.tlsport.core.policy.verify.Strength;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Offer;
import io.tlsport.spi.TlsProvider;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options to a {@link DefaultSecureContext}: everything that is wrong in them is told here. */
final class ContextLoader {
  /** The seed's {@code sessionTimeout}. */
  private static final Duration SESSION_TIMEOUT = Duration.ofMinutes(5);

  private static final int INSTANCE_LENGTH = 16;

  private final TlsProvider provider;
  private final CapabilityDemand demand;
  private final FipsReport fips;
  private final SecurityPolicy policy;
  private final RootStores roots;
  private final InstantSource clock;
  private final Ticker ticker;
  private final ConnectionLimits limits;
  private final TicketKeySource commonKeys;
  private final Offer offer;
  private final SessionOrigin sessionOrigin;
  private final EngineExport export;

  /**
   * A loader of one runtime.
   *
   * @param commonKeys what its servers share without being told to
   * @param export makes engines of JSSE
   */
  ContextLoader(
      TlsProvider provider,
      CapabilityDemand demand,
      FipsReport fips,
      SecurityPolicy policy,
      RootStores roots,
      InstantSource clock,
      Ticker ticker,
      ConnectionLimits limits,
      TicketKeySource commonKeys,
      EngineExport export) {
    this.export = export;
    this.provider = provider;
    this.demand = demand;
    this.fips = fips;
    this.policy = policy;
    this.roots = roots;
    this.clock = clock;
    this.ticker = ticker;
    this.limits = limits;
    this.commonKeys = commonKeys;
    // Engines are asked once: some have to be made before they tell what they have.
    this.offer = provider.offer();
    this.sessionOrigin = new SessionOrigin(provider.info().name(), Optional.of(instance(provider)));
  }

  private static byte[] instance(TlsProvider provider) {
    byte[] instance = new byte[INSTANCE_LENGTH];
    provider.jca().random().nextBytes(instance);
    return instance;
  }

  /** What the provider's engines have. */
  Offer offer() {
    return offer;
  }

  /** Whose sessions clients make. */
  SessionOrigin sessionOrigin() {
    return sessionOrigin;
  }

  DefaultSecureContext load(SecureContextOptions options) {
    demandFeatures(options);
    AlgorithmLoader algorithms = new AlgorithmLoader(offer, demand, policy);
    algorithms.demand(options);
    DefaultSecureContext.Credentials credentials = approved(options);
    DefaultSecureContext.Algorithms chosen = algorithms.load(options, credentials.identities());
    int level = policy.securityLevel(options.ciphers());
    List<FipsStatus.Part> parts =
        FipsReport.ofContext(chosen, offer, level, credentials.identities());
    fips.require("this context", fips.status().with(parts));
    if (fips.required()) {
      requireStrong(credentials.identities(), Strength.ofLevel(level));
    }
    for (Identity identity : credentials.identities()) {
      requireShowable(identity, chosen);
    }
    return new DefaultSecureContext(
        provider,
        options,
        chosen,
        credentials,
        () -> fips.status().with(parts),
        new DefaultSecureContext.Sessions(
            options.sessionTimeout().orElse(SESSION_TIMEOUT),
            clock,
            sessionOrigin,
            demand.table().supports(Capability.SESSION_RESUMPTION),
            sharesTickets(chosen.versions()) ? Optional.of(commonKeys) : Optional.empty()),
        export);
  }

  /**
   * Whether nothing is lost if tickets with keys of ours take the place of the engine's own way.
   */
  private boolean sharesTickets(List<ProtocolVersion> versions) {
    Support tickets = demand.table().of(Capability.TICKET_KEYS);
    Support sessions = demand.table().of(Capability.SESSION_RESUMPTION);
    return tickets.supported()
        && versions.stream().allMatch(v -> tickets.covers(v) || !sessions.covers(v));
  }

  /** A FIPS module refuses what is not approved by an {@link Error}. */
  private DefaultSecureContext.Credentials approved(SecureContextOptions options) {
    try {
      return credentials(options);
    } catch (ConfigurationException refused) {
      throw refused.code() == ErrorCode.ERR_OSSL_UNSUPPORTED ? ofProvider(refused) : refused;
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

  /** What one provider does not support, another may. */
  private ConfigurationException ofProvider(ConfigurationException refused) {
    return new ConfigurationException(
        refused.code(),
        refused.getMessage() + " (provider " + provider.info().name() + ")",
        refused);
  }

  private void demandFeatures(SecureContextOptions options) {
    if (!options.ticketKeys().isEmpty()) {
      demand.require(Capability.TICKET_KEYS, VersionSelection.select(policy, options));
    }
    if (options.sessionTimeout().isPresent()) {
      demand.require(Capability.SESSION_TIMEOUT);
    }
    if (options.sessionIdContext().isPresent()) {
      demand.require(Capability.SESSION_ID_CONTEXT);
    }
    if (options.dhparam().isPresent() || options.dhparamAuto()) {
      demand.require(Capability.DHE);
    }
    if (options.sigalgs().isPresent()) {
      demand.require(Capability.SIGNATURE_SCHEMES);
    }
    if (options.keyEntries().stream().anyMatch(entry -> isOpaque(entry.key()))) {
      demand.require(Capability.OPAQUE_KEYS);
    }
  }

  private DefaultSecureContext.Credentials credentials(SecureContextOptions options) {
    JcaServices jca = provider.jca();
    Strength strength = Strength.ofLevel(policy.securityLevel(options.ciphers()));
    KeyMaterial keys = KeyMaterial.load(options, jca);
    TrustMaterial trust = TrustMaterial.load(options, keys.authorities(), jca, roots);
    ServedChain served = new ServedChain(trust.given(), new CertificateSignatures(jca));
    List<Identity> identities =
        keys.identities().stream()
            .map(identity -> served.complete(identity, clock.instant()))
            .toList();
    for (Identity identity : identities) {
      if (isEdwards(identity)) {
        demand.require(Capability.ED25519);
      }
    }
    // Under FIPS one error names every certificate, and what else is not approved.
    if (!fips.required()) {
      requireStrong(identities, strength);
    }
    CertificateVerifier verifier =
        new CertificateVerifier(
            trust.certificates(),
            trust.crls(),
            options.allowPartialTrustChain(),
            strength,
            jca,
            clock,
            ticker,
            limits);
    return new DefaultSecureContext.Credentials(
        identities,
        trust.certificates(),
        trust.given(),
        verifier,
        scope(options, identities, trust.certificates()));
  }

  /** Without an encoding it cannot be handed over, only used. */
  private static boolean isOpaque(PrivateKey key) {
    return key.getEncoded() == null;
  }

  private static void requireStrong(List<Identity> identities, Strength strength) {
    for (Identity identity : identities) {
      strength
          .ofOwn(identity.chain())
          .ifPresent(
              weak -> {
                throw new ConfigurationException(
                    ofOwn(weak.code()), described(identity) + ": " + weak.message());
              });
    }
  }

  /** What is a verdict on a peer's certificate is OpenSSL's refusal to load one's own. */
  private static ErrorCode ofOwn(ErrorCode verdict) {
    return switch (verdict) {
      case EE_KEY_TOO_SMALL -> ErrorCode.ERR_SSL_EE_KEY_TOO_SMALL;
      case CA_KEY_TOO_SMALL -> ErrorCode.ERR_SSL_CA_KEY_TOO_SMALL;
      case CA_MD_TOO_WEAK -> ErrorCode.ERR_SSL_CA_MD_TOO_WEAK;
      default -> verdict;
    };
  }

  private void requireShowable(Identity identity, DefaultSecureContext.Algorithms algorithms) {
    provider
        .refusal(identity, algorithms.versions(), algorithms.groups())
        .ifPresent(
            why -> {
              throw new ConfigurationException(
                  ErrorCode.ERR_OSSL_UNSUPPORTED,
                  described(identity)
                      + " cannot be used on "
                      + provider.info().name()
                      + ": "
                      + why);
            });
  }

  private static String described(Identity identity) {
    return "the certificate of " + identity.certificate().getSubjectX500Principal();
  }

  private static boolean isEdwards(Identity identity) {
    String algorithm = identity.certificate().getPublicKey().getAlgorithm();
    return algorithm.startsWith("Ed");
  }

  /** What sessions are bound to. */
  private String scope(
      SecureContextOptions options, List<Identity> identities, List<X509Certificate> trusted) {
    try {
      return SessionScope.of(
          provider.jca().messageDigest("SHA-256"),
          options.sessionIdContext(),
          encoded(identities.stream().map(Identity::certificate).toList()),
          encoded(trusted));
    } catch (GeneralSecurityException failed) {
      throw new ConfigurationException(
          ErrorCode.ERR_OSSL_UNSUPPORTED, "no digest over the certificates: " + failed, failed);
    }
  }

  private static List<byte[]> encoded(List<X509Certificate> certificates)
      throws CertificateEncodingException {
    List<byte[]> encoded = new ArrayList<>();
    for (X509Certificate certificate : certificates) {
      encoded.add(certificate.getEncoded());
    }
    return encoded;
  }
}
