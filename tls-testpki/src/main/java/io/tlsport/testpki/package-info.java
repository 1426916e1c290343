/**
 * Keys and certificates for tests, made while the tests run and never stored. Start at {@link
 * io.tlsport.testpki.TestPki}.
 */
@NullMarked
package io.tlsport.testpki;

import org.jspecify.annotations.NullMarked;
