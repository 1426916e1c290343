package io.tlsport;

import java.time.Duration;

/**
 * Where the time of a handshake went.
 *
 * @param hello until a server had the whole ClientHello; zero on clients
 * @param hooks while hooks of the application had not answered
 * @param computing in the engine and in the judge
 * @param network the rest: the peer, the way to it, and waiting for a thread
 * @param total from the start of the handshake to its end; the sum of the others
 */
public record HandshakeTimings(
    Duration hello, Duration hooks, Duration computing, Duration network, Duration total) {}
