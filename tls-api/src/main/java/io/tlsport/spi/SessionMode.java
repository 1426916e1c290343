package io.tlsport.spi;

/** How the engines of a context keep sessions. */
public enum SessionMode {
  /** No session is kept, issued or resumed. */
  NONE,
  /** The engine's own way: its cache, its tickets with its own keys. */
  OWN,
  /** Tickets with the keys of {@link TicketKeys}. */
  TICKETS,
  /**
   * Every session is handed to {@link EngineEvents#session} and comes back by {@link Resumption}.
   */
  STORE
}
