/**
 * Node's {@code tls} module for Java, over a TLS engine that is chosen at run time.
 *
 * <p>Read {@link io.tlsport.Tls} first: it is what {@code require('tls')} is in Node. From it come
 * {@link io.tlsport.SecureContext} (identity, trust and algorithms), {@link io.tlsport.Server},
 * {@link io.tlsport.TLSSocket} and {@link io.tlsport.SecurePair}. What an engine can and cannot do
 * is said by {@link io.tlsport.Capabilities}; every failure is a {@link io.tlsport.TlsException}
 * with an {@link io.tlsport.ErrorCode}. Provider authors read {@link io.tlsport.spi}.
 */
@NullMarked
package io.tlsport;

import org.jspecify.annotations.NullMarked;
