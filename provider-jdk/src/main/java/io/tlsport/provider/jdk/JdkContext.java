package io.tlsport.provider.jdk;

import javax.net.ssl.SSLContext;

/**
 * A context of SunJSSE with what it does not keep itself.
 *
 * @param ssl the context
 * @param made the sessions that its servers made
 */
record JdkContext(SSLContext ssl, JdkMadeSessions made) {}
