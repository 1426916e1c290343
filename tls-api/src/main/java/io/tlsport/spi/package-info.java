/**
 * What a TLS provider fills in. A provider makes engines and says honestly what they can do; every
 * decision (names, trust verdicts, limits, timeouts, order of ciphers) is taken by the core.
 *
 * <p>Start at {@link io.tlsport.spi.TlsProviderFactory}.
 */
@NullMarked
package io.tlsport.spi;

import org.jspecify.annotations.NullMarked;
