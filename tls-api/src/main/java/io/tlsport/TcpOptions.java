package io.tlsport;

import java.time.Duration;

/**
 * How TCP carries a connection.
 *
 * @param noDelay small segments leave at once
 * @param keepAlive a silent connection is probed
 * @param keepAliveInitialDelay after that long a silence; zero: when the system thinks it right
 */
public record TcpOptions(boolean noDelay, boolean keepAlive, Duration keepAliveInitialDelay) {
  /** Node's, but for {@code noDelay}, which is true: a handshake is small segments. */
  public static final TcpOptions DEFAULT = new TcpOptions(true, false, Duration.ZERO);

  /**
   * Checks the delay.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} for one that is neither
   *     zero nor 1 s to 32767 s, which is what systems take
   */
  public TcpOptions {
    long seconds = Arguments.given("keepAliveInitialDelay", keepAliveInitialDelay).toSeconds();
    if (!keepAliveInitialDelay.isZero() && (seconds < 1 || seconds > Short.MAX_VALUE)) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          "keepAliveInitialDelay must be 1 s to 32767 s, got " + keepAliveInitialDelay);
    }
  }

  /** The same with that. */
  public TcpOptions withNoDelay(boolean on) {
    return new TcpOptions(on, keepAlive, keepAliveInitialDelay);
  }

  /** The same with that; the delay is the system's. */
  public TcpOptions withKeepAlive(boolean on) {
    return new TcpOptions(noDelay, on, Duration.ZERO);
  }

  /** The same, probed after that long a silence. */
  public TcpOptions withKeepAlive(Duration initialDelay) {
    Arguments.positive("keepAliveInitialDelay", initialDelay);
    return new TcpOptions(noDelay, true, initialDelay);
  }
}
