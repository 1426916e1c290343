/** The provider that {@code docs/writing-a-provider.md} walks through. */
@NullMarked
package io.tlsport.tck.acme;

import org.jspecify.annotations.NullMarked;
