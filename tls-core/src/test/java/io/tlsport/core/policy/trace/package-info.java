/** Tests of what a trace tells. */
@NullMarked
package io.tlsport.core.policy.trace;

import org.jspecify.annotations.NullMarked;
