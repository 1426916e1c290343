/** Certificate status, fetched from the responders that certificates name. */
@NullMarked
package io.tlsport.core.ocsp;

import org.jspecify.annotations.NullMarked;
