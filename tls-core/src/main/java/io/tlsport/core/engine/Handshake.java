package io.tlsport.core.engine;

import io.tlsport.spi.Negotiated;

/**
 * A finished handshake.
 *
 * @param negotiated what the engine says
 * @param verdict what the core says
 * @param reused an earlier session was resumed
 */
public record Handshake(Negotiated negotiated, Verdict verdict, boolean reused) {}
