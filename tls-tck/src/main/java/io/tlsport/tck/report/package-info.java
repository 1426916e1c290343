/**
 * What a run of the kit came to: told while it runs, recorded, and started without writing code.
 */
@NullMarked
package io.tlsport.tck.report;

import org.jspecify.annotations.NullMarked;
