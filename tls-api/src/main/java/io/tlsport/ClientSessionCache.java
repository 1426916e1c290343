package io.tlsport;

/**
 * Sessions that connections made, for those that follow: what Node's HTTPS agent does with {@code
 * maxCachedSessions}. Give one to {@link ConnectOptions.Builder#sessionCache} of any number of
 * connections; each takes from it, if it was given no {@code session}, and leaves there what it
 * makes. Safe for any number of threads.
 *
 * <p>A session is kept for connections with the same host, port, {@code path}, {@code servername},
 * trust, identity, {@code sessionIdContext}, versions, cipher suites and {@code alpnProtocols}, and
 * for 24 hours at most. Only connections that became secure leave any. In TLS 1.3 it is taken out
 * when it is offered, so that nobody can tell by it that two connections are of one client (RFC
 * 8446, Appendix C.4); for servers with several connections at a time up to 8 are kept. In TLS 1.2
 * it stays. A session whose connection fails before it is secure is dropped.
 *
 * <p>It holds secrets, in memory alone.
 *
 * @see Tls#createClientSessionCache(int)
 */
public interface ClientSessionCache {
  /** Node's {@code maxCachedSessions}: 100. */
  int DEFAULT_MAX_SESSIONS = 100;

  /** What a cache may have at most: 1000, since engines keep no more for us. */
  int MOST_SESSIONS = 1000;

  /** How many sessions are kept at most; those of the server that was not asked longest go. */
  int maxSessions();

  /** How many are kept now. */
  int size();

  /**
   * How many of the connections with this cache resumed a session, whether it came from here or was
   * given, and how often the cache had one.
   */
  SessionStatistics statistics();

  /** Drops all; counts on. Connections that are open go on, and leave what they still make. */
  void clear();
}
