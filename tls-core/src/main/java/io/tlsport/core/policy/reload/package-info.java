/** When files that have changed are taken, and when a certificate is near its end. */
@NullMarked
package io.tlsport.core.policy.reload;

import org.jspecify.annotations.NullMarked;
