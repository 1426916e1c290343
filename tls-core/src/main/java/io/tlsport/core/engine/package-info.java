/**
 * Drives a {@link javax.net.ssl.SSLEngine} between a transport and a socket. Knows no sockets, no
 * Netty and no policy: what is below it is a {@link io.tlsport.core.engine.Transport}, what is
 * above it {@link io.tlsport.core.engine.DriverEvents}, and one driver serves sockets and pairs
 * alike.
 */
@NullMarked
package io.tlsport.core.engine;

import org.jspecify.annotations.NullMarked;
