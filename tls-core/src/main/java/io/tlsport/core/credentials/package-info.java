/** Bytes to keys, certificates and trust; every failure says which option, what and the mend. */
@NullMarked
package io.tlsport.core.credentials;

import org.jspecify.annotations.NullMarked;
