@NullMarked
package io.tlsport.core.policy.plain;

import org.jspecify.annotations.NullMarked;
