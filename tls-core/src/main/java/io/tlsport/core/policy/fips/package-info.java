/** What FIPS approves of TLS, whatever an engine has. */
@NullMarked
package io.tlsport.core.policy.fips;

import org.jspecify.annotations.NullMarked;
