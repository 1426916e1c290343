@NullMarked
package io.tlsport.core.policy.reload;

import org.jspecify.annotations.NullMarked;
