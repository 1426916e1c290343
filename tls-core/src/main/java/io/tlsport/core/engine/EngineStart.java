package io.tlsport.core.engine;

import io.tlsport.ProtocolVersion;
import io.tlsport.RenegotiateOptions;
import io.tlsport.spi.Fault;
import io.tlsport.spi.TlsEngine;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An engine with what its driver has to know of it.
 *
 * @param engine the engine; the driver closes it
 * @param directBuffers it works best on direct buffers
 * @param explain understands what it throws
 * @param peer the verdict on the peer, off the loop, for every handshake
 * @param judges who judges the peer of a renegotiation, by what it asks for
 * @param hold what an accepted handshake waits for
 * @param readsAfterEnd in that version the engine still reads after our close_notify
 * @param minDhSize a client refuses smaller Diffie-Hellman parameters, in bits
 * @param ticket a client is told the ticket that its server sent in the clear
 * @param keys pre-shared keys; empty: no suite has any
 */
public record EngineStart(
    TlsEngine engine,
    boolean directBuffers,
    Function<Throwable, Fault> explain,
    PeerVerdict peer,
    Function<RenegotiateOptions, Judge> judges,
    Hold hold,
    Predicate<ProtocolVersion> readsAfterEnd,
    int minDhSize,
    Consumer<byte[]> ticket,
    Optional<PreSharedKeys> keys) {}
