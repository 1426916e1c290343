package io.tlsport.core.runtime;

import com.google.inject.Guice;
import com.google.inject.Stage;
import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.InsecureKeyLog;
import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.RenegotiationLimits;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.TlsListener;
import io.tlsport.core.credentials.RootStores;
import io.tlsport.core.jfr.FlightRecorder;
import io.tlsport.core.policy.baseline.GroupSelection;
import io.tlsport.core.policy.baseline.SecurityPolicies;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.baseline.VersionSelection;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.time.Ticker;
import io.tlsport.core.wiring.CoreModule;
import io.tlsport.core.wiring.DefaultProviderConfig;
import io.tlsport.core.wiring.ProviderCatalog;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Tls} is built from, checks it, and lets Guice join the parts. */
public final class DefaultTlsBuilder implements Tls.Builder {
  private static final int MOST_LOOPS = 8;

  private final int largestPiece;
  private ProviderCatalog catalog;
  private @Nullable String providerName;
  private Consumer<String> onSkipped = sentence -> {};
  private String policyName = "default";
  private UnaryOperator<SecurityPolicy> defaults = policy -> policy;
  private @Nullable String defaultCurve;
  private boolean fips;
  private boolean internals;
  private @Nullable String accelerator;
  private final Set<Capability> required = EnumSet.noneOf(Capability.class);
  private final Set<Capability> partial = EnumSet.noneOf(Capability.class);
  private @Nullable Executor callbackExecutor;
  private @Nullable Executor handshakeExecutor;
  private int eventLoops = Math.min(MOST_LOOPS, 2 * Runtime.getRuntime().availableProcessors());
  private @Nullable List<Pem> defaultCa;
  private final List<Pem> extraCa = new ArrayList<>();
  private boolean systemRoots;
  private InstantSource clock = InstantSource.system();
  private RenegotiationLimits renegotiations = RenegotiationLimits.DEFAULT;
  private ConnectionLimits limits = ConnectionLimits.DEFAULT;
  private final List<TlsListener> listeners = new ArrayList<>();
  private @Nullable InsecureKeyLog keyLog;

  /** A builder that chooses from those providers. */
  public DefaultTlsBuilder(ProviderCatalog catalog) {
    this(catalog, Integer.MAX_VALUE);
  }

  /** The same; connections take what comes from below in pieces of at most that many bytes. */
  DefaultTlsBuilder(ProviderCatalog catalog, int largestPiece) {
    this.catalog = catalog;
    this.largestPiece = largestPiece;
  }

  @Override
  public Tls.Builder provider(String name) {
    providerName = name;
    return this;
  }

  @Override
  public Tls.Builder provider(TlsProviderFactory factory) {
    catalog = ProviderCatalog.of(List.of(factory));
    providerName = factory.name();
    return this;
  }

  @Override
  public Tls.Builder onProviderSkipped(Consumer<String> listener) {
    onSkipped = listener;
    return this;
  }

  @Override
  public Tls.Builder policy(String name) {
    policyName = name;
    return this;
  }

  @Override
  public Tls.Builder defaultCiphers(String list) {
    CipherList.parse(list);
    return defaults(policy -> policy.withCiphers(list));
  }

  /** The names are looked up when the provider is known. */
  @Override
  public Tls.Builder defaultEcdhCurve(String groups) {
    defaultCurve = groups;
    return this;
  }

  @Override
  public Tls.Builder defaultMinVersion(ProtocolVersion version) {
    return defaults(policy -> policy.withMinVersion(version));
  }

  @Override
  public Tls.Builder defaultMaxVersion(ProtocolVersion version) {
    return defaults(policy -> policy.withMaxVersion(version));
  }

  private Tls.Builder defaults(UnaryOperator<SecurityPolicy> change) {
    UnaryOperator<SecurityPolicy> before = defaults;
    defaults = policy -> change.apply(before.apply(policy));
    return this;
  }

  @Override
  public Tls.Builder requireFips() {
    fips = true;
    return this;
  }

  @Override
  public Tls.Builder require(Capability... capabilities) {
    required.addAll(List.of(capabilities));
    return this;
  }

  @Override
  public Tls.Builder allowPartial(Capability... capabilities) {
    partial.addAll(List.of(capabilities));
    return this;
  }

  @Override
  public Tls.Builder internals(boolean allow) {
    internals = allow;
    return this;
  }

  @Override
  public Tls.Builder accelerator(String name) {
    accelerator = name;
    return this;
  }

  @Override
  public Tls.Builder callbackExecutor(Executor executor) {
    callbackExecutor = executor;
    return this;
  }

  @Override
  public Tls.Builder handshakeExecutor(Executor executor) {
    handshakeExecutor = executor;
    return this;
  }

  @Override
  public Tls.Builder eventLoops(int count) {
    if (count < 1) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, "eventLoops must be 1 or more, got " + count);
    }
    eventLoops = count;
    return this;
  }

  @Override
  public Tls.Builder defaultCa(Pem... pems) {
    List<Pem> all = defaultCa == null ? new ArrayList<>() : defaultCa;
    all.addAll(List.of(pems));
    defaultCa = all;
    return this;
  }

  @Override
  public Tls.Builder extraCa(Pem... pems) {
    extraCa.addAll(List.of(pems));
    return this;
  }

  @Override
  public Tls.Builder systemRoots(boolean use) {
    systemRoots = use;
    return this;
  }

  @Override
  public Tls.Builder renegotiationLimits(RenegotiationLimits limits) {
    renegotiations = limits;
    return this;
  }

  @Override
  public Tls.Builder connectionLimits(ConnectionLimits most) {
    limits = most;
    return this;
  }

  @Override
  public Tls.Builder clock(InstantSource source) {
    clock = source;
    return this;
  }

  @Override
  public Tls.Builder listener(TlsListener listener) {
    listeners.add(listener);
    return this;
  }

  @Override
  public Tls.Builder insecureKeyLog(InsecureKeyLog log) {
    keyLog = log;
    return this;
  }

  @Override
  public Tls build() {
    SecurityPolicy named =
        SecurityPolicies.byName(fips && policyName.equals("default") ? "fips" : policyName)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        ErrorCode.ERR_INVALID_ARG_VALUE,
                        "policy \""
                            + policyName
                            + "\" is not known: use one of "
                            + SecurityPolicies.names()));
    if (fips && accelerator != null) {
      throw new ConfigurationException(
          ErrorCode.ERR_CRYPTO_FIPS_UNAVAILABLE,
          "accelerator \""
              + accelerator
              + "\" computes outside of the FIPS module: leave it or requireFips out");
    }
    ProviderConfig config =
        new DefaultProviderConfig(internals, fips, Optional.ofNullable(accelerator));
    TlsProvider provider =
        catalog.choose(
            providerName, config, candidate -> requireApproved(candidate, named), onSkipped);
    try {
      return build(withDefaults(named, provider), provider);
    } catch (RuntimeException refused) {
      provider.close();
      throw refused;
    }
  }

  private void requireApproved(TlsProvider candidate, SecurityPolicy named) {
    FipsReport report = report(withDefaults(named, candidate), candidate);
    report.require("this runtime", report.status());
  }

  private FipsReport report(SecurityPolicy policy, TlsProvider provider) {
    return FipsReport.of(
        provider, demand(provider), policy, Optional.ofNullable(handshakeExecutor), fips);
  }

  private CapabilityDemand demand(TlsProvider provider) {
    return new CapabilityDemand(provider.info().name(), provider.capabilities(), partial);
  }

  private SecurityPolicy withDefaults(SecurityPolicy named, TlsProvider provider) {
    SecurityPolicy policy = defaults.apply(named);
    SecureContextOptions.Builder curve = SecureContextOptions.builder();
    if (defaultCurve != null) {
      curve.ecdhCurve(defaultCurve);
      policy =
          policy.withGroups(
              GroupSelection.select(
                  policy, curve.build(), provider.offer(), true, List.of(), false));
    }
    // Refuses an empty range now rather than with the first context.
    VersionSelection.select(policy, curve.build());
    return policy;
  }

  private List<TlsListener> observers() {
    List<TlsListener> all = new ArrayList<>(listeners);
    FlightRecorder.listener().ifPresent(all::add);
    return List.copyOf(all);
  }

  private Tls build(SecurityPolicy policy, TlsProvider provider) {
    CapabilityDemand demand = demand(provider);
    required.forEach(demand::require);
    if (keyLog != null) {
      demand.require(Capability.KEY_LOG);
      System.getLogger("io.tlsport")
          .log(
              System.Logger.Level.WARNING,
              "insecureKeyLog is set: who reads it can decrypt all connections of this Tls");
    }
    TlsSettings settings =
        new TlsSettings(
            provider,
            demand,
            report(policy, provider),
            policy,
            RootStores.load(provider.jca(), Optional.ofNullable(defaultCa), extraCa, systemRoots),
            clock,
            Ticker.system(),
            Optional.ofNullable(callbackExecutor),
            renegotiations,
            limits,
            observers(),
            Optional.ofNullable(keyLog),
            largestPiece);
    return Guice.createInjector(
            Stage.PRODUCTION,
            new CoreModule(settings, eventLoops, Optional.ofNullable(handshakeExecutor)))
        .getInstance(Tls.class);
  }
}
