/**
 * The test kit for TLS providers: extend {@link io.tlsport.tck.TlsProviderTck} and name your
 * factory. {@code docs/specification.md} has the rules that it tests.
 */
@NullMarked
package io.tlsport.tck;

import org.jspecify.annotations.NullMarked;
