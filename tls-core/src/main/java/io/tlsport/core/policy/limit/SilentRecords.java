package io.tlsport.core.policy.limit;

/**
 * Bounds the records in a row that carry nothing for the application: key updates of TLS 1.3, which
 * an engine answers, warnings, and records without content. What they are is encrypted, so that
 * they are counted alike. Used by one thread at a time.
 */
public final class SilentRecords {
  private final int limit;
  private int inARow;

  /**
   * None came yet.
   *
   * @param limit how many may come in a row; session tickets come in such records too
   */
  public SilentRecords(int limit) {
    this.limit = limit;
  }

  /**
   * A record came after the handshake.
   *
   * @param produced the plaintext in it, in bytes
   * @return false if that is one too many
   */
  public boolean came(int produced) {
    inARow = produced > 0 ? 0 : Math.min(limit, inARow) + 1;
    return inARow <= limit;
  }
}
