/** Sessions as applications hold them, and the keys of tickets. */
@NullMarked
package io.tlsport.core.policy.session;

import org.jspecify.annotations.NullMarked;
