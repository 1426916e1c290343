/**
 * What adapters to JSSE providers have in common: managers that take no decision, contexts by
 * identity, the result of a handshake. An adapter to anything else needs none of it.
 */
@NullMarked
package io.tlsport.spi.jsse;

import org.jspecify.annotations.NullMarked;
