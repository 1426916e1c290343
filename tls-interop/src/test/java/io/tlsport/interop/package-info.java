/** Every provider as server with every provider as client, in one JVM. */
@NullMarked
package io.tlsport.interop;

import org.jspecify.annotations.NullMarked;
