package io.tlsport.core.policy.proto;

import java.util.List;
import java.util.Optional;

/** Chooses an application protocol (RFC 7301): the server's order decides, as in Node. */
public final class ProtocolSelection {
  private ProtocolSelection() {}

  /** The first of the server's protocols that the client offers. */
  public static Optional<String> select(List<String> server, List<String> client) {
    return server.stream().filter(client::contains).findFirst();
  }
}
