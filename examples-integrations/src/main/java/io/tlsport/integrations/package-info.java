/** Servers and clients of others over a secure context: one class for each. */
@NullMarked
package io.tlsport.integrations;

import org.jspecify.annotations.NullMarked;
