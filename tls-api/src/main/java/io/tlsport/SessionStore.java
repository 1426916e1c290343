package io.tlsport;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps server sessions outside the engine: the seed's events {@code newSession} and {@code
 * resumeSession}. May answer on any thread; the handshake timeout bounds the wait.
 */
public interface SessionStore {
  /**
   * A session was made. No application data passes on that connection until the stage completes.
   *
   * @param sessionId the identifier that a client will come back with
   * @param sessionData opaque and secret
   */
  CompletionStage<Void> newSession(byte[] sessionId, byte[] sessionData);

  /**
   * A client wants to resume.
   *
   * @return the data that {@link #newSession} gave; empty for a full handshake; a failed stage
   *     destroys the connection
   */
  CompletionStage<Optional<byte[]>> resumeSession(byte[] sessionId);
}
