package io.tlsport;

import java.util.List;

/**
 * Where the servers of a fleet take their ticket keys from: {@link
 * ServerOptions.Builder#ticketKeySource}. {@link Tls#createSharedSessions(String)} makes one that
 * rotates; an application can give its own.
 */
@FunctionalInterface
public interface TicketKeySource {
  /**
   * The keys in force: 48 bytes each, the first encrypts, all decrypt. Asked for every connection,
   * on its event loop, one call at a time for each server: return at once, best the same list until
   * something changes.
   *
   * @return at least one key
   */
  List<byte[]> ticketKeys();
}
