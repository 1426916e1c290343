/** What passes over a connection, as text for people: enableTrace. */
@NullMarked
package io.tlsport.core.policy.trace;

import org.jspecify.annotations.NullMarked;
