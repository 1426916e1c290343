/**
 * What reads bytes of others is tried with bytes that find its branches (Jazzer): each has an
 * answer or a typed error, in good time.
 */
@NullMarked
package io.tlsport.fuzz;

import org.jspecify.annotations.NullMarked;
