/** The provider {@code jdk}: the JDK's own engine, SunJSSE. */
@NullMarked
package io.tlsport.provider.jdk;

import org.jspecify.annotations.NullMarked;
