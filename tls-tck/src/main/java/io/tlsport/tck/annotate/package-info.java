/** What a contract says about its tests. */
@NullMarked
package io.tlsport.tck.annotate;

import org.jspecify.annotations.NullMarked;
