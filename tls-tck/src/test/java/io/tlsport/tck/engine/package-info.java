/** Tests of the machinery. */
@NullMarked
package io.tlsport.tck.engine;

import org.jspecify.annotations.NullMarked;
