/** Sessions and ticket keys that several machines share through Redis. */
@NullMarked
package io.tlsport.redis;

import org.jspecify.annotations.NullMarked;
