package io.tlsport.provider.jdk;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.EngineEvents;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** Tells which sessions one server made. */
final class JdkServerReports implements JdkSslEngine.Sessions {
  private final SSLEngine engine;
  private final JdkMadeSessions made;
  private final JdkServerSessions sessions;
  private final Optional<SSLSession> admitted;
  private final Optional<JdkTickets.OfEngine> tickets;
  private final EngineEvents events;

  /**
   * Reports of one engine.
   *
   * @param admitted what it may resume
   * @param tickets those of the engine, if they have keys of the user
   */
  JdkServerReports(
      SSLEngine engine,
      JdkMadeSessions made,
      JdkServerSessions sessions,
      Optional<SSLSession> admitted,
      Optional<JdkTickets.OfEngine> tickets,
      EngineEvents events) {
    this.engine = engine;
    this.made = made;
    this.sessions = sessions;
    this.admitted = admitted;
    this.tickets = tickets;
    this.events = events;
  }

  private void tell(byte[] id) {
    if (made.find(id).isPresent() && sessions.made(made, id, admitted, engine.getSession())) {
      events.session(id.clone(), sessions.data(made, id), false);
    }
  }

  @Override
  public void begin() {
    tickets.ifPresent(JdkTickets.OfEngine::enter);
  }

  @Override
  public void end() {
    tickets.ifPresent(JdkTickets.OfEngine::leave);
  }

  @Override
  public void stepped(List<byte[]> drawn, boolean finished) {
    drawn.forEach(this::tell);
  }

  @Override
  public boolean finished() {
    SSLSession session = engine.getSession();
    if (!session.getProtocol().equals(ProtocolVersion.TLS_1_3.id())) {
      tell(session.getId());
    }
    return false;
  }
}
