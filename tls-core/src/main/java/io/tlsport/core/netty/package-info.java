/**
 * Moves bytes over sockets with Netty and knows no policy: event loops, memory, connections in and
 * out, and the handler that connects a channel with its {@link
 * io.tlsport.core.engine.EngineDriver}.
 */
@NullMarked
package io.tlsport.core.netty;

import org.jspecify.annotations.NullMarked;
