package io.tlsport;

import java.time.Duration;

/**
 * How often a peer may renegotiate one connection: the seed's {@code CLIENT_RENEG_LIMIT} and {@code
 * CLIENT_RENEG_WINDOW}. One more within any such window is an attack: the socket has the error
 * {@link ErrorCode#ERR_TLS_SESSION_ATTACK} and is destroyed before the costly part of the
 * handshake. What this side asks for by itself, and the first handshake, do not count.
 *
 * @param limit renegotiations allowed in a window; 0 or more
 * @param window how long the window is; more than zero
 */
public record RenegotiationLimits(int limit, Duration window) {
  /** Three in ten minutes, as the seed says. */
  public static final RenegotiationLimits DEFAULT =
      new RenegotiationLimits(3, Duration.ofMinutes(10));

  /** Refuses a negative limit and an empty window. */
  public RenegotiationLimits {
    if (limit < 0 || window.isNegative() || window.isZero()) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          "renegotiation limit must be 0 or more and its window longer than zero, got "
              + limit
              + " in "
              + window);
    }
  }
}
