package io.tlsport.provider.jdk;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A context of SunJSSE with what it does not keep itself.
 *
 * @param ssl the context
 * @param made the sessions that its servers made
 * @param status what it asks for, or staples
 * @param staple where SunJSSE finds that, held as long as it may look
 * @param acceleration in force in every step of its engines
 */
record JdkContext(
    SSLContext ssl,
    JdkMadeSessions made,
    JdkStatus status,
    Optional<StapleConnection.Kept> staple,
    Optional<Acceleration> acceleration) {}
