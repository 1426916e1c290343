/**
 * The verdict on a peer's certificate, computed the same way for every engine and for every
 * handshake, with OpenSSL's codes; and the certificate in the seed's shape.
 */
@NullMarked
package io.tlsport.core.policy.verify;

import org.jspecify.annotations.NullMarked;
