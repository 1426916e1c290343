/** Certificate status by OCSP (RFC 6960): what is asked, what is believed, and for how long. */
@NullMarked
package io.tlsport.core.policy.ocsp;

import org.jspecify.annotations.NullMarked;
