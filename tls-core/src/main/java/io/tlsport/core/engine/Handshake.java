package io.tlsport.core.engine;

import io.tlsport.EphemeralKeyInfo;
import io.tlsport.spi.Negotiated;
import io.tlsport.spi.TlsEngine;
import java.util.Optional;

/**
 * A finished handshake.
 *
 * @param negotiated what the engine says
 * @param verdict what the core says
 * @param reused an earlier session was resumed
 * @param ephemeralKey a client knows which key its server made
 * @param engine for those of its extensions that any thread may ask
 */
public record Handshake(
    Negotiated negotiated,
    Verdict verdict,
    boolean reused,
    Optional<EphemeralKeyInfo> ephemeralKey,
    TlsEngine engine) {}
