/** Small programs over the public API, each of which shows one thing. */
@NullMarked
package io.tlsport.examples;

import org.jspecify.annotations.NullMarked;
