/** Tests of what the kit reports. */
@NullMarked
package io.tlsport.tck.report;

import org.jspecify.annotations.NullMarked;
