/** DER (X.690), as much of it as keys and certificates need. */
@NullMarked
package io.tlsport.core.policy.der;

import org.jspecify.annotations.NullMarked;
