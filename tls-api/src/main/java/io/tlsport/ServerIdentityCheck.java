package io.tlsport;

import java.util.Optional;

/** Judges whether a certificate belongs to a host: Node's {@code checkServerIdentity}. */
@FunctionalInterface
public interface ServerIdentityCheck {
  /**
   * Called on clients after the chain was found good, on resumed connections too.
   *
   * @param host the {@code servername} or, without one, the host that was connected to
   * @param certificate the server's certificate
   * @return empty if it belongs; otherwise why not
   */
  Optional<AuthorizationError> check(String host, PeerCertificate certificate);
}
