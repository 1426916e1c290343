package io.tlsport.core.engine;

import java.nio.ByteBuffer;

/** Memory on loan: whoever holds it releases it, or hands it to {@link Transport#send}. */
public interface Slab {
  /** The memory; the same buffer on every call, position and limit are the holder's to set. */
  ByteBuffer bytes();

  /**
   * What {@link #bytes} has between its position and its limit, to be shown to somebody for as long
   * as he is called.
   */
  default ByteBuffer shown() {
    return bytes().asReadOnlyBuffer();
  }

  /** Gives it back; not to be touched afterwards. */
  void release();
}
