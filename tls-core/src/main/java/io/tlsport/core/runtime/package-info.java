/**
 * The public interfaces at work: {@link io.tlsport.core.runtime.DefaultTls} and what it makes. Here
 * policy, engine driver and network meet; each of them stands on its own elsewhere.
 */
@NullMarked
package io.tlsport.core.runtime;

import org.jspecify.annotations.NullMarked;
