/** The provider {@code bcjsse}: Bouncy Castle's JSSE engine. */
@NullMarked
package io.tlsport.provider.bcjsse;

import org.jspecify.annotations.NullMarked;
