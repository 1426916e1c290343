package io.tlsport.provider.jdk;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.EngineEvents;
import java.util.List;
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

  private boolean isKept(byte[] id) {
    return line.context().ssl().getClientSessionContext().getSession(id) != null;
  }

  private void tell(byte[] id) {
    sessions.keep(line);
    events.session(id, line.handle().clone(), false);
  }

  @Override
  public void stepped(List<byte[]> drawn, boolean finished) {
    if (finished) {
      drawn.stream().filter(this::isKept).forEach(this::tell);
    }
  }

  @Override
  public boolean finished() {
    SSLSession session = engine.getSession();
    if (session.getProtocol().equals(ProtocolVersion.TLS_1_3.id())) {
      return true;
    }
    if (isKept(session.getId()) && line.begins(session)) {
      tell(session.getId());
    }
    return false;
  }
}
