/** Named policies, and what is left of them and of the options on a given engine. */
@NullMarked
package io.tlsport.core.policy.baseline;

import org.jspecify.annotations.NullMarked;
