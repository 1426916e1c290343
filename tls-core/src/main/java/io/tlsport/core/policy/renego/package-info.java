/** How often a peer may make this side work for nothing. */
@NullMarked
package io.tlsport.core.policy.renego;

import org.jspecify.annotations.NullMarked;
