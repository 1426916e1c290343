package io.tlsport.core.policy.proto;

import io.tlsport.ConnectionOptions;
import java.util.List;

/**
 * The application protocols of one side, most wanted first.
 *
 * @param alpn by ALPN, which wins where both are given
 * @param npn by NPN, in TLS 1.2 and before
 */
public record ProtocolLists(List<String> alpn, List<String> npn) {
  /** Those of these options. */
  public static ProtocolLists of(ConnectionOptions options) {
    return new ProtocolLists(options.alpnProtocols(), options.npnProtocols());
  }

  /** These, and where there are none of a kind, those. */
  public ProtocolLists or(ProtocolLists those) {
    return new ProtocolLists(alpn.isEmpty() ? those.alpn : alpn, npn.isEmpty() ? those.npn : npn);
  }
}
