/** What a person can do about a failure. */
@NullMarked
package io.tlsport.core.policy.hint;

import org.jspecify.annotations.NullMarked;
