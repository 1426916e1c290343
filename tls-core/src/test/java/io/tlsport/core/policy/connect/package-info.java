/** Tests of how the addresses of a host are tried. */
@NullMarked
package io.tlsport.core.policy.connect;

import org.jspecify.annotations.NullMarked;
