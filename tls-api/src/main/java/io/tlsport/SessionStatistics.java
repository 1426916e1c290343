package io.tlsport;

/**
 * How many handshakes were full and how many resumed a session, and what was asked of the sessions
 * that are kept: OpenSSL's session statistics, as far as they mean the same on every engine. From
 * {@link Server#sessionStatistics()} and {@link ClientSessionCache#statistics()}.
 *
 * <p>Counted from the wire and at the hooks, never by an engine. So there is no count of sessions
 * that an engine found too old, of a client's session that it did not know, or of its own cache
 * being full (OpenSSL's "timeouts", "misses" and "cache full"): engines do not tell, and a
 * handshake is then a full one here. Nor of tickets by key: only some engines let others make their
 * tickets.
 *
 * <p>A snapshot: each number is exact, and grows only; two of them may be of moments that lie a
 * little apart.
 *
 * @param full connections that became secure by a full handshake, one that a client hoped to
 *     abbreviate included
 * @param resumed connections that became secure by a session of an earlier one
 * @param asked how often a session was looked for: in the {@link SessionStore} of a server, for
 *     clients that offer one that can be there; in a client's cache, for connections without a
 *     {@code session} of their own. 0 without a store
 * @param found how often there was one. Whether it was resumed is for the engines to say
 * @param missed how often there was none
 * @param failed how often a store failed to answer, or its answer was none; a cache never does
 * @param created sessions that were given to the store, and taken by it, or that the cache kept. In
 *     TLS 1.3 each ticket is one
 */
public record SessionStatistics(
    long full, long resumed, long asked, long found, long missed, long failed, long created) {

  /** All connections that became secure. Renegotiations are none of their own. */
  public long handshakes() {
    return full + resumed;
  }
}
