package io.tlsport.core.engine;

import java.nio.ByteBuffer;

/** Memory on loan: whoever holds it releases it, or hands it to {@link Transport#send}. */
public interface Slab {
  /** The memory; the same buffer on every call, position and limit are the holder's to set. */
  ByteBuffer bytes();

  /** Gives it back; not to be touched afterwards. */
  void release();
}
