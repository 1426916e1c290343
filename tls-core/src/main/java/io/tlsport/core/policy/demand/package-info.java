/** From what the options ask for to what a provider has: refusals before anything exists. */
@NullMarked
package io.tlsport.core.policy.demand;

import org.jspecify.annotations.NullMarked;
