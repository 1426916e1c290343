package io.tlsport.core.policy.session;

import io.tlsport.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/**
 * Whose session it is, and under which options it was made.
 *
 * @param host as the application named it
 * @param port of the host
 * @param path in place of both
 * @param binding digest of the name that is checked, trust and identity, in hexadecimal
 * @param alpn what is offered
 * @param versions what is enabled
 * @param suites what is enabled, most wanted first
 */
public record ServerKey(
    String host,
    int port,
    Optional<String> path,
    String binding,
    List<String> alpn,
    List<ProtocolVersion> versions,
    List<String> suites) {

  /** The same server by another name. */
  public ServerKey bound(String newBinding) {
    return new ServerKey(host, port, path, newBinding, alpn, versions, suites);
  }
}
