/** Files with credentials: what they say now, and who tells that they have changed. */
@NullMarked
package io.tlsport.core.reload;

import org.jspecify.annotations.NullMarked;
