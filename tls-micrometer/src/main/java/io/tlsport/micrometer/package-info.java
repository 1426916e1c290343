/** Meters of TLS in a registry of Micrometer. */
@NullMarked
package io.tlsport.micrometer;

import org.jspecify.annotations.NullMarked;
