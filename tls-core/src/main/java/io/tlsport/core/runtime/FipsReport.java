package io.tlsport.core.runtime;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.FipsStatus.Part;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.fips.ApprovedTls;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Offer;
import io.tlsport.spi.TlsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Whether a runtime, and what is made by it, is FIPS approved: the minimum over its parts. What the
 * provider says is asked each time, since it can depend on the thread; the rest does not change.
 */
public final class FipsReport {
  private static final long DEADLINE_SECONDS = 10;

  private final TlsProvider provider;
  private final boolean required;
  private final List<Part> others;

  private FipsReport(TlsProvider provider, boolean required, List<Part> others) {
    this.provider = provider;
    this.required = required;
    this.others = others;
  }

  /**
   * The report of a runtime. If the calling thread is approved, threads as the event loops' and the
   * handshake executor are asked too, at once.
   *
   * @param required what is not approved is refused
   */
  static FipsReport of(
      TlsProvider provider,
      CapabilityDemand demand,
      SecurityPolicy policy,
      Optional<Executor> handshakeExecutor,
      boolean required) {
    if (!provider.capabilities().supports(Capability.FIPS)) {
      return new FipsReport(provider, required, List.of());
    }
    List<Part> parts = new ArrayList<>();
    if (provider.fips().approved()) {
      parts.add(elsewhere("event loops", provider, FipsReport::startThread));
      handshakeExecutor.ifPresent(
          executor -> parts.add(elsewhere("handshakeExecutor", provider, executor)));
    }
    parts.add(ofPolicy(provider.offer(), demand, policy));
    return new FipsReport(provider, required, List.copyOf(parts));
  }

  /** A thread that is as new as those of the event loops. */
  private static void startThread(Runnable task) {
    Thread thread = new Thread(task, "tlsport-fips");
    thread.setDaemon(true);
    thread.start();
  }

  private static Part elsewhere(String name, TlsProvider provider, Executor executor) {
    try {
      FipsStatus status =
          CompletableFuture.supplyAsync(provider::fips, executor)
              .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .join();
      return status.approved()
          ? Part.yes(name + ": as this thread")
          : Part.no(name + ": " + status.refusal());
    } catch (CompletionException silent) {
      return Part.no(name + ": it cannot be asked within " + DEADLINE_SECONDS + " s: " + silent);
    }
  }

  private static Part ofPolicy(Offer offer, CapabilityDemand demand, SecurityPolicy policy) {
    String name = "policy " + policy.name();
    try {
      SecureContextOptions silent = SecureContextOptions.builder().build();
      FipsStatus status =
          new FipsStatus(
              ofAlgorithms(
                  new AlgorithmLoader(offer, demand, policy).load(silent, List.of()),
                  offer,
                  policy.securityLevel()));
      return status.approved()
          ? Part.yes(name + ": approved versions, suites, groups and signatures only")
          : Part.no(name + ": " + status.refusal());
    } catch (ConfigurationException empty) {
      return Part.no(name + ": " + empty.getMessage());
    }
  }

  private static List<Part> ofAlgorithms(
      DefaultSecureContext.Algorithms algorithms, Offer offer, int level) {
    List<Part> parts =
        new ArrayList<>(
            ApprovedTls.of(
                algorithms.versions(),
                algorithms.suites(),
                algorithms.groups().isEmpty() ? offer.groups() : algorithms.groups(),
                algorithms.ownSchemes(),
                level));
    algorithms
        .dhParameters()
        .ifPresent(
            own -> parts.add(Part.no("dhparam: approved are the groups of RFC 7919, or auto")));
    return parts;
  }

  /** What a context adds. */
  static List<Part> ofContext(
      DefaultSecureContext.Algorithms algorithms,
      Offer offer,
      int level,
      List<Identity> identities) {
    List<Part> parts = new ArrayList<>(ofAlgorithms(algorithms, offer, level));
    parts.addAll(ApprovedTls.of(identities));
    return List.copyOf(parts);
  }

  /** Of the runtime, on this thread. */
  FipsStatus status() {
    return provider.fips().with(others);
  }

  /** True if what is not approved is refused. */
  boolean required() {
    return required;
  }

  /**
   * Refuses what is not approved, if that was asked for.
   *
   * @param what the subject of a sentence
   * @throws ConfigurationException with {@link ErrorCode#ERR_CRYPTO_FIPS_UNAVAILABLE} and every
   *     part that is not approved
   */
  void require(String what, FipsStatus status) {
    if (required && !status.approved()) {
      throw new ConfigurationException(
          ErrorCode.ERR_CRYPTO_FIPS_UNAVAILABLE,
          what
              + " is not FIPS approved on "
              + provider.info().name()
              + ", which requireFips() asks for: "
              + status.refusal());
    }
  }
}
