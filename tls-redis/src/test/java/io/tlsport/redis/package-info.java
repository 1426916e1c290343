/** Against a Redis that the tests start, stop, fill and take away. */
@NullMarked
package io.tlsport.redis;

import org.jspecify.annotations.NullMarked;
