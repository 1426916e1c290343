/** For applications with a Guice injector of their own. */
@NullMarked
package io.tlsport.core.guice;

import org.jspecify.annotations.NullMarked;
