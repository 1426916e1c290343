package io.tlsport.cli;

import io.tlsport.SharedSessions;
import io.tlsport.TlsException;
import io.tlsport.TlsListener;

/**
 * Tells what becomes of shared sessions.
 *
 * @param events where
 */
record SharingEvents(Events events) implements TlsListener {
  @Override
  public void ticketKeyRotated(SharedSessions sessions) {
    events.emit("ticketKeyRotated", Members.none());
  }

  @Override
  public void sharingFailed(SharedSessions sessions, TlsException error) {
    events.emit("sharingFailed", ConnectionMembers.failure(error));
  }

  @Override
  public void sharingRestored(SharedSessions sessions) {
    events.emit("sharingRestored", Members.none());
  }
}
