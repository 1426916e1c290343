/** What happens as events of the JDK's Flight Recorder, the same on every provider. */
@NullMarked
package io.tlsport.core.jfr;

import org.jspecify.annotations.NullMarked;
