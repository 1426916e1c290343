/**
 * What a server costs. {@link io.tlsport.bench.Bench} lets servers take turns; the classes named
 * {@code *Benchmark} are for JMH.
 */
@NullMarked
package io.tlsport.bench;

import org.jspecify.annotations.NullMarked;
