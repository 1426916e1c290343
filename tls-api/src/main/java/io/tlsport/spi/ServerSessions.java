package io.tlsport.spi;

import io.tlsport.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/** Sessions kept outside the engine: {@link io.tlsport.Capability#SESSION_STORE}. */
public non-sealed interface ServerSessions extends ContextExtension {
  /**
   * Under which identifier a ClientHello wants to resume; empty if it does not.
   *
   * @param version the one that will be chosen
   * @param sessionId the client's; in TLS 1.3 it means nothing
   * @param tickets the client's ticket; in TLS 1.3 the identities of its pre-shared keys
   */
  Optional<byte[]> offeredId(ProtocolVersion version, byte[] sessionId, List<byte[]> tickets);
}
