/** TLS over a Netty channel that an application owns. */
@NullMarked
package io.tlsport.netty;

import org.jspecify.annotations.NullMarked;
