/**
 * The first messages of a handshake, read from the wire: bounded and total, so that any bytes give
 * a message or a reason.
 */
@NullMarked
package io.tlsport.core.policy.hello;

import org.jspecify.annotations.NullMarked;
