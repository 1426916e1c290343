package io.tlsport.core.runtime;

import io.tlsport.ConnectionLimits;
import io.tlsport.InsecureKeyLog;
import io.tlsport.RenegotiationLimits;
import io.tlsport.TlsListener;
import io.tlsport.core.credentials.RootStores;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.time.Ticker;
import io.tlsport.spi.TlsProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What a {@link io.tlsport.Tls} was built with.
 *
 * @param provider the chosen provider, available here
 * @param demand what it has
 * @param fips what of it is FIPS approved
 * @param policy the defaults in force
 * @param roots the root certificates that are known
 * @param clock the time by which certificates are judged
 * @param ticker for idle times, and for how long a verdict may take
 * @param callbackExecutor where listeners run; empty: on the loops
 * @param renegotiations how many a peer may ask for
 * @param limits what a peer may cost
 * @param observers those who watch everything
 * @param keyLog who gets the secrets of all connections
 * @param largestPiece what comes from below is taken in pieces of at most that many bytes
 */
public record TlsSettings(
    TlsProvider provider,
    CapabilityDemand demand,
    FipsReport fips,
    SecurityPolicy policy,
    RootStores roots,
    InstantSource clock,
    Ticker ticker,
    Optional<Executor> callbackExecutor,
    RenegotiationLimits renegotiations,
    ConnectionLimits limits,
    List<TlsListener> observers,
    Optional<InsecureKeyLog> keyLog,
    int largestPiece) {}
