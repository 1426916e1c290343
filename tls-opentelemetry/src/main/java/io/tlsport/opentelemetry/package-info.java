/** Meters of TLS for OpenTelemetry. */
@NullMarked
package io.tlsport.opentelemetry;

import org.jspecify.annotations.NullMarked;
