/** How much plaintext goes into one record. */
@NullMarked
package io.tlsport.core.policy.fragment;

import org.jspecify.annotations.NullMarked;
