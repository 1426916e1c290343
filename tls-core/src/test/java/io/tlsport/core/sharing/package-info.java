@NullMarked
package io.tlsport.core.sharing;

import org.jspecify.annotations.NullMarked;
