@NullMarked
package io.tlsport.netty;

import org.jspecify.annotations.NullMarked;
