package io.tlsport;

/**
 * Takes the secrets of every connection, for a look into recorded traffic: later Node's {@code
 * 'keylog'} events and {@code --tls-keylog}. Whoever reads them can decrypt those connections and,
 * in TLS 1.2 and before, take them over. For debugging only: nothing but code turns it on.
 */
@FunctionalInterface
public interface InsecureKeyLog {
  /**
   * Takes a line in the format of {@code SSLKEYLOGFILE} (draft-ietf-tls-keylogfile): a label, the
   * client's random and a secret, both in hexadecimal, without an end of line. In TLS 1.3 there are
   * five for each handshake, before one {@code CLIENT_RANDOM}.
   *
   * <p>Called by threads that compute handshakes, several at once, so it must be safe for that and
   * not block for long. What it throws is logged without the line, and the connection goes on.
   */
  void line(String line);
}
