/** The contracts, one for each concept of the specification. */
@NullMarked
package io.tlsport.tck.contract;

import org.jspecify.annotations.NullMarked;
