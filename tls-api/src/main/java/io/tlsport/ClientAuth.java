package io.tlsport;

/**
 * What a server asks of its clients: the seed's two booleans in one value without a nonsense state.
 */
public enum ClientAuth {
  /** {@code requestCert} is false: no certificate is asked for, every client is unauthorized. */
  NONE,
  /** {@code requestCert} is true: asked for and judged, but not enforced. */
  REQUEST,
  /** {@code requestCert} and {@code rejectUnauthorized} are true: the unauthorized are cut off. */
  REQUIRE;

  /** {@code rejectUnauthorized} has no effect without {@code requestCert}, as the seed says. */
  public static ClientAuth of(boolean requestCert, boolean rejectUnauthorized) {
    if (!requestCert) {
      return NONE;
    }
    return rejectUnauthorized ? REQUIRE : REQUEST;
  }
}
