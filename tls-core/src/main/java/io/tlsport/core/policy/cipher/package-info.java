/** Cipher suites: their two names, and OpenSSL's cipher lists. */
@NullMarked
package io.tlsport.core.policy.cipher;

import org.jspecify.annotations.NullMarked;
