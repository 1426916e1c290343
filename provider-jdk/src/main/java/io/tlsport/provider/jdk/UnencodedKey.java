package io.tlsport.provider.jdk;

import java.security.Key;
import org.jspecify.annotations.Nullable;

/** A key that has no encoding: whoever needs its bytes takes its numbers, or cannot have them. */
// jspecify is for the compiler only: `requires static`.
@SuppressWarnings("exports")
interface UnencodedKey extends Key {
  @Override
  default @Nullable String getFormat() {
    return null;
  }

  @Override
  default byte @Nullable [] getEncoded() {
    return null;
  }
}
