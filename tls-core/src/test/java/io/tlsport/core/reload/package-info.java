@NullMarked
package io.tlsport.core.reload;

import org.jspecify.annotations.NullMarked;
