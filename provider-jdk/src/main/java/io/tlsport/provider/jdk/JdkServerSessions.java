package io.tlsport.provider.jdk;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.ServerSessions;
import io.tlsport.spi.SessionMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;

/**
 * Which sessions the servers of one {@link ContextSpec} resume. SunJSSE finds them by itself, by
 * identifier; what it may not find is dropped from its cache before it looks, and what belongs to
 * others bears another mark.
 */
final class JdkServerSessions {
  private final ContextSpec spec;
  private final JcaServices jca;
  private final Optional<SunSessions> shown;

  /**
   * Of one context.
   *
   * @param shown sessions as bytes, where they can be read
   */
  JdkServerSessions(ContextSpec spec, JcaServices jca, Optional<SunSessions> shown) {
    this.spec = spec;
    this.jca = jca;
    this.shown = shown;
  }

  /**
   * What a session must bear to be resumed. SunJSSE keeps the name of an algorithm of endpoint
   * identification in each session, and resumes under the same name only; the algorithm itself is
   * for trust managers, and ours has none.
   */
  String mark(Optional<String> host) {
    if (spec.sessions() == SessionMode.NONE) {
      return UUID.randomUUID().toString();
    }
    try {
      byte[] scope = (spec.scope() + "/" + host.orElse("")).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(jca.messageDigest("SHA-256").digest(scope));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("no SHA-256", impossible);
    }
  }

  /** Drops those of the offered sessions that may not be resumed; finds the one that may. */
  Optional<SSLSession> admit(JdkMadeSessions made, EngineSpec engine) {
    Optional<SSLSession> admitted = Optional.empty();
    Optional<Stored> stored = stored(engine.resumption());
    shown.ifPresent(sessions -> stored.ifPresent(found -> found.restore(made, sessions)));
    for (byte[] id : engine.offeredSessions()) {
      if (id.length != RecordingRandom.ID_LENGTH) {
        continue;
      }
      if (mayResume(engine.resumption(), stored, id) && isFresh(made, id)) {
        admitted = admitted.or(() -> made.find(id));
      } else {
        made.drop(id);
      }
    }
    return admitted;
  }

  /**
   * Whether SunJSSE resumes one of the offered sessions from there, as far as that can be known:
   * one of this host, whose version and suite are still wanted.
   */
  boolean willResume(JdkMadeSessions made, EngineSpec engine) {
    Optional<Stored> stored = stored(engine.resumption());
    return engine.offeredSessions().stream()
        .filter(id -> id.length == RecordingRandom.ID_LENGTH)
        .filter(id -> mayResume(engine.resumption(), stored, id) && isFresh(made, id))
        .flatMap(id -> made.find(id).stream())
        .anyMatch(session -> isLike(session, engine));
  }

  private static boolean isLike(SSLSession session, EngineSpec engine) {
    byte[] host = engine.sni().orElse("").getBytes(StandardCharsets.US_ASCII);
    byte[] before =
        session instanceof ExtendedSSLSession extended
            ? extended.getRequestedServerNames().stream()
                .findFirst()
                .map(SNIServerName::getEncoded)
                .orElse(new byte[0])
            : new byte[0];
    return Arrays.equals(host, before)
        && engine.suites().contains(session.getCipherSuite())
        && engine.versions().stream()
            .anyMatch(version -> version.id().equals(session.getProtocol()));
  }

  private boolean isFresh(JdkMadeSessions made, byte[] id) {
    return made.when(id)
        .filter(
            when -> !JdkMadeSessions.isStale(when, spec.clock().instant(), spec.sessionTimeout()))
        .isPresent();
  }

  private static boolean mayResume(Resumption resumption, Optional<Stored> stored, byte[] id) {
    return resumption instanceof Resumption.Own
        || stored.filter(found -> Arrays.equals(found.id(), id)).isPresent();
  }

  /**
   * What a store gave.
   *
   * @param id of a session
   * @param session itself, where there are bytes of it
   * @param when it was made
   */
  // Never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(byte[] id, Optional<SSLSession> session, Instant when) {
    /** SunJSSE finds it, if it does not have it. */
    void restore(JdkMadeSessions made, SunSessions sessions) {
      session
          .filter(read -> made.find(id).isEmpty())
          .ifPresent(read -> made.keep(read, when, sessions));
    }
  }

  private Optional<Stored> stored(Resumption resumption) {
    if (!(resumption instanceof Resumption.Use use)) {
      return Optional.empty();
    }
    byte[] data = use.session().export();
    if (shown.isEmpty()) {
      return Optional.of(new Stored(data, Optional.empty(), Instant.EPOCH));
    }
    if (data.length < Long.BYTES) {
      return Optional.empty();
    }
    Instant when = Instant.ofEpochMilli(ByteBuffer.wrap(data).getLong());
    return shown
        .get()
        .read(Arrays.copyOfRange(data, Long.BYTES, data.length), null, -1)
        .map(session -> new Stored(session.getId(), Optional.of(session), when));
  }

  /** What a store is to keep: all of the session with its time, or what finds it here. */
  byte[] data(JdkMadeSessions made, byte[] id) {
    if (shown.isEmpty() || spec.sessions() != SessionMode.STORE) {
      return id.clone();
    }
    byte[] session = shown.get().export(made.find(id).orElseThrow());
    return ByteBuffer.allocate(Long.BYTES + session.length)
        .putLong(made.when(id).orElseThrow().toEpochMilli())
        .put(session)
        .array();
  }

  /**
   * Remembers a session that an engine made.
   *
   * @param resumed what that engine was to resume, if it was
   * @param session of the engine
   * @return false if it is known already
   */
  boolean made(JdkMadeSessions made, byte[] id, Optional<SSLSession> resumed, SSLSession session) {
    // Resuming makes no session younger. SunJSSE hands its time of creation on.
    Instant when =
        resumed
            .filter(from -> from.getCreationTime() == session.getCreationTime())
            .flatMap(from -> made.when(from.getId()))
            .orElseGet(spec.clock()::instant);
    return made.add(id, when);
  }

  /** For a store. Without internals it is given the identifier alone: the session stays here. */
  ServerSessions outside() {
    return new ServerSessions() {
      @Override
      public Optional<byte[]> offeredId(
          ProtocolVersion version, byte[] sessionId, List<byte[]> tickets) {
        List<byte[]> offered = version == ProtocolVersion.TLS_1_3 ? tickets : List.of(sessionId);
        return offered.stream().filter(id -> id.length == RecordingRandom.ID_LENGTH).findFirst();
      }
    };
  }
}
