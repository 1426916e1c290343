/** Tests of the kit. */
@NullMarked
package io.tlsport.tck;

import org.jspecify.annotations.NullMarked;
