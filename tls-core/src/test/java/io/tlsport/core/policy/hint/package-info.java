@NullMarked
package io.tlsport.core.policy.hint;

import org.jspecify.annotations.NullMarked;
