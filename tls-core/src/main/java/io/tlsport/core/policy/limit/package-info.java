/** What a peer may send that brings nothing, in a handshake and after it. */
@NullMarked
package io.tlsport.core.policy.limit;

import org.jspecify.annotations.NullMarked;
