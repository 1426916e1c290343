package io.tlsport.provider.jdk;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.EngineEvents;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** Tells which sessions one client got: with TLS 1.2 at the end of its handshake, later after. */
final class JdkClientReports implements JdkSslEngine.Sessions {
  private final SSLEngine engine;
  private final JdkClientSessions.Line line;
  private final JdkClientSessions sessions;
  private final EngineEvents events;

  JdkClientReports(
      SSLEngine engine,
      JdkClientSessions.Line line,
      JdkClientSessions sessions,
      EngineEvents events) {
    this.engine = engine;
    this.line = line;
    this.sessions = sessions;
    this.events = events;
  }

  private Optional<SSLSession> kept(byte[] id) {
    return Optional.ofNullable(line.context().ssl().getClientSessionContext().getSession(id));
  }

  private void tell(SSLSession session) {
    sessions.tell(line, session, events);
  }

  @Override
  public void stepped(List<byte[]> drawn, boolean finished) {
    if (finished) {
      drawn.stream().flatMap(id -> kept(id).stream()).forEach(this::tell);
    }
  }

  @Override
  public boolean finished() {
    SSLSession session = engine.getSession();
    if (session.getProtocol().equals(ProtocolVersion.TLS_1_3.id())) {
      return true;
    }
    kept(session.getId()).filter(line::begins).ifPresent(this::tell);
    return false;
  }
}
