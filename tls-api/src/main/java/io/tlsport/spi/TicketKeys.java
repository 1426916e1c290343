package io.tlsport.spi;

import java.util.List;

/** Tickets with keys of the user: {@link io.tlsport.Capability#TICKET_KEYS}. */
public non-sealed interface TicketKeys extends ContextExtension {
  /** Replaces the keys: 48 bytes each; the first encrypts, all decrypt. */
  void install(List<byte[]> newestFirst);
}
