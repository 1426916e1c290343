/** Groups of the key exchange, and finite-field Diffie-Hellman parameters. */
@NullMarked
package io.tlsport.core.policy.group;

import org.jspecify.annotations.NullMarked;
