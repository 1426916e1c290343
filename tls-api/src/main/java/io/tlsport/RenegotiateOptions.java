package io.tlsport;

/**
 * What {@link TLSSocket#renegotiate(RenegotiateOptions)} asks of the new handshake, and of those
 * that follow on the same connection.
 *
 * @param requestCert a server asks the client for a certificate; without effect on clients
 * @param rejectUnauthorized an unauthorized peer is cut off; on servers only with {@code
 *     requestCert}
 */
public record RenegotiateOptions(boolean requestCert, boolean rejectUnauthorized) {
  /** A server asks for a certificate, and goes on with clients that have none that is good. */
  public static RenegotiateOptions requestCertificate() {
    return new RenegotiateOptions(true, false);
  }

  /** A server asks for a certificate, and cuts off clients that have none that is good. */
  public static RenegotiateOptions requireCertificate() {
    return new RenegotiateOptions(true, true);
  }
}
