package io.tlsport.provider.jdk;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.ServerSessions;
import io.tlsport.spi.SessionMode;
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

  JdkServerSessions(ContextSpec spec, JcaServices jca) {
    this.spec = spec;
    this.jca = jca;
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
    for (byte[] id : engine.offeredSessions()) {
      if (id.length != RecordingRandom.ID_LENGTH) {
        continue;
      }
      if (mayResume(engine.resumption(), id) && isFresh(made, id)) {
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
    return engine.offeredSessions().stream()
        .filter(id -> id.length == RecordingRandom.ID_LENGTH)
        .filter(id -> mayResume(engine.resumption(), id) && isFresh(made, id))
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

  private static boolean mayResume(Resumption resumption, byte[] id) {
    return resumption instanceof Resumption.Own
        || (resumption instanceof Resumption.Use use && Arrays.equals(use.session().export(), id));
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

  /** What a store is given is the identifier alone: the session stays here. */
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
