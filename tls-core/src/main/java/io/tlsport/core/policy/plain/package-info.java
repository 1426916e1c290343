/** What comes to a port of TLS in the clear: HTTP by mistake, and the header of a proxy. */
@NullMarked
package io.tlsport.core.policy.plain;

import org.jspecify.annotations.NullMarked;
