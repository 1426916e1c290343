/** Finds providers by the service loader and joins the parts of the core with Guice. */
@NullMarked
package io.tlsport.core.wiring;

import org.jspecify.annotations.NullMarked;
