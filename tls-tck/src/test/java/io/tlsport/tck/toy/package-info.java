/** A provider that is just large enough to test the kit with. */
@NullMarked
package io.tlsport.tck.toy;

import org.jspecify.annotations.NullMarked;
