/**
 * What broken and malicious peers do to every provider's server: one test for each row of {@code
 * docs/hardening.md}, by its number.
 */
@NullMarked
package io.tlsport.chaos;

import org.jspecify.annotations.NullMarked;
