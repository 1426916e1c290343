package io.tlsport.provider.conscrypt;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.ServerSessions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sessions of TLS 1.2 that a store keeps. BoringSSL resumes what it is given: what a session is
 * good for, and until when, stands before it.
 */
final class ConscryptStoredSessions {
  private static final int FORMAT = 1;
  private static final int SCOPE_LENGTH = 32;
  private static final int HEAD = Integer.BYTES + Long.BYTES + SCOPE_LENGTH;

  private final ContextSpec spec;
  private final JcaServices jca;

  ConscryptStoredSessions(ContextSpec spec, JcaServices jca) {
    this.spec = spec;
    this.jca = jca;
  }

  /** What keeps the sessions of one server. */
  ConscryptCallbacks.Keeper of(EngineSpec engine, EngineEvents events) {
    byte[] scope = scope(engine.sni());
    return new ConscryptCallbacks.Keeper() {
      @Override
      public void made(byte[] sessionId, byte[] der) {
        events.session(sessionId, save(scope, der), true);
      }

      @Override
      public Optional<byte[]> find(byte[] sessionId) {
        return engine.resumption() instanceof Resumption.Use use
            ? read(scope, use.session().export())
            : Optional.empty();
      }
    };
  }

  /** What a session must not leave: this context, and the host that the client asked for. */
  private byte[] scope(Optional<String> host) {
    try {
      return jca.messageDigest("SHA-256")
          .digest((spec.scope() + "/" + host.orElse("")).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("no SHA-256", impossible);
    }
  }

  private byte[] save(byte[] scope, byte[] der) {
    return ByteBuffer.allocate(HEAD + der.length)
        .putInt(FORMAT)
        .putLong(spec.clock().instant().toEpochMilli())
        .put(scope)
        .put(der)
        .array();
  }

  private Optional<byte[]> read(byte[] scope, byte[] saved) {
    if (saved.length < HEAD) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(saved);
    boolean known = in.getInt() == FORMAT;
    Duration age = Duration.between(Instant.ofEpochMilli(in.getLong()), spec.clock().instant());
    byte[] ofSession = new byte[SCOPE_LENGTH];
    in.get(ofSession);
    // From the future at most as far as the clocks of a fleet may differ.
    boolean fresh = age.abs().compareTo(spec.sessionTimeout()) < 0;
    return known && fresh && Arrays.equals(scope, ofSession)
        ? Optional.of(Arrays.copyOfRange(saved, HEAD, saved.length))
        : Optional.empty();
  }

  /** By identifier alone: these servers give no tickets. */
  ServerSessions outside() {
    return (version, sessionId, tickets) ->
        version == ProtocolVersion.TLS_1_3
                || sessionId.length == 0
                || tickets.stream().anyMatch(ticket -> ticket.length > 0)
            ? Optional.empty()
            : Optional.of(sessionId.clone());
  }
}
