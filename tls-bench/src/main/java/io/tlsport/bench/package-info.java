/**
 * What a server costs. {@link io.tlsport.bench.Comparison} runs cells in turns and compares them;
 * the classes named {@code *Benchmark} are for JMH.
 */
@NullMarked
package io.tlsport.bench;

import org.jspecify.annotations.NullMarked;
