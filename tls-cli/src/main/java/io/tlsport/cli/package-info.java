/**
 * The program {@code ./tls}: one class for each command, over the public API. Options are the
 * seed's option names in kebab case, events its event names.
 */
@NullMarked
package io.tlsport.cli;

import org.jspecify.annotations.NullMarked;
