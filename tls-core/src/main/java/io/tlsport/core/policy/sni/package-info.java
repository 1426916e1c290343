/** Server names: what clients send, and what servers choose by. */
@NullMarked
package io.tlsport.core.policy.sni;

import org.jspecify.annotations.NullMarked;
