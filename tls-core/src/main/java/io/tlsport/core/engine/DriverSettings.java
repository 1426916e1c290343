package io.tlsport.core.engine;

import io.tlsport.ConnectionLimits;
import io.tlsport.core.policy.fragment.SendFragment;
import io.tlsport.core.policy.renego.RenegotiationLimiter;
import io.tlsport.core.policy.time.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The bounds of a connection.
 *
 * @param handshakeTimeout from the start to the verdict
 * @param closeTimeout how long an end may wait for the peer in silence
 * @param allowHalfOpen the peer's end does not end our side
 * @param allowTruncation an end without close_notify is no error
 * @param renegotiations how many the peer may ask for; this connection's own
 * @param fragment how much a record carries; this connection's own
 * @param handshakes where handshakes are computed
 * @param limits what the peer may cost
 * @param tap shown what comes before anybody else; reads, and keeps nothing
 * @param largestPiece what comes at once is taken in pieces of at most that many bytes
 * @param ticker measures where the time of handshakes goes
 */
public record DriverSettings(
    Duration handshakeTimeout,
    Duration closeTimeout,
    boolean allowHalfOpen,
    boolean allowTruncation,
    RenegotiationLimiter renegotiations,
    SendFragment fragment,
    Executor handshakes,
    ConnectionLimits limits,
    Consumer<ByteBuffer> tap,
    int largestPiece,
    Ticker ticker) {}
