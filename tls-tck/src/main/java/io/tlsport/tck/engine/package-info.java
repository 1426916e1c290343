/** The machinery of the kit: outcomes, known defects, leaks. Contracts do not call it. */
@NullMarked
package io.tlsport.tck.engine;

import org.jspecify.annotations.NullMarked;
