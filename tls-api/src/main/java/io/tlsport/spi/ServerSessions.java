package io.tlsport.spi;

import io.tlsport.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/** Sessions kept outside the engine: {@link io.tlsport.Capability#SESSION_STORE}. */
public non-sealed interface ServerSessions extends ContextExtension {
  /** Under which identifier a ClientHello wants to resume; empty if it does not. */
  Optional<byte[]> offeredId(ProtocolVersion version, byte[] sessionId, List<byte[]> tickets);
}
