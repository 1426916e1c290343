/** Signature schemes and OpenSSL's lists of them. */
@NullMarked
package io.tlsport.core.policy.signature;

import org.jspecify.annotations.NullMarked;
