/** Every example on every provider. */
@NullMarked
package io.tlsport.examples;

import org.jspecify.annotations.NullMarked;
