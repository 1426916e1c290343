/** Lists of application protocols and the choice between two of them. */
@NullMarked
package io.tlsport.core.policy.proto;

import org.jspecify.annotations.NullMarked;
