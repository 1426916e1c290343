/** The provider {@code conscrypt}: Conscrypt, which is BoringSSL for Java. */
@NullMarked
package io.tlsport.provider.conscrypt;

import org.jspecify.annotations.NullMarked;
