/** Sessions of clients as the application holds them. */
@NullMarked
package io.tlsport.core.policy.session;

import org.jspecify.annotations.NullMarked;
