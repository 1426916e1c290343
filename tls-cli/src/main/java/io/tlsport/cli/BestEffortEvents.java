package io.tlsport.cli;

import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Events of a server, which goes on serving when nobody reads them any more.
 *
 * @param events where they go
 * @param terminal where it is said once that they no longer do
 * @param broken whether that was said
 */
record BestEffortEvents(Events events, Terminal terminal, AtomicBoolean broken) implements Events {
  /** Events that may get lost. */
  BestEffortEvents(Events events, Terminal terminal) {
    this(events, terminal, new AtomicBoolean());
  }

  @Override
  public void emit(String event, Members members) {
    try {
      events.emit(event, members);
    } catch (UncheckedIOException closed) {
      if (broken.compareAndSet(false, true)) {
        terminal.note("standard output is closed: events are no longer told");
      }
    }
  }
}
