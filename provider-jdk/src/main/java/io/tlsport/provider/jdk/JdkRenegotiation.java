package io.tlsport.provider.jdk;

import io.tlsport.ClientAuth;
import io.tlsport.ProtocolVersion;
import io.tlsport.spi.Renegotiation;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * New handshakes of one engine. SunJSSE resumes the session of the connection in them, so that no
 * certificate is asked for; here a server lets them resume nothing, and a client has nothing to
 * resume.
 */
record JdkRenegotiation(JdkSslEngine engine) implements Renegotiation {
  /** Of an engine that has shaken hands; TLS 1.3 has nothing of the kind. */
  static Optional<JdkRenegotiation> of(JdkSslEngine engine) {
    String version = engine.getSession().getProtocol();
    return ProtocolVersion.byId(version).filter(id -> id != ProtocolVersion.TLS_1_3).isPresent()
        ? Optional.of(new JdkRenegotiation(engine))
        : Optional.empty();
  }

  @Override
  public void start(Optional<ClientAuth> auth) throws SSLException {
    prepare(auth);
    engine.beginHandshake();
  }

  @Override
  public void accept() {
    prepare(Optional.empty());
  }

  private void prepare(Optional<ClientAuth> auth) {
    SSLParameters parameters = engine.getSSLParameters();
    // A renegotiation keeps the version (RFC 8446 section 4.1.2).
    parameters.setProtocols(new String[] {engine.getSession().getProtocol()});
    if (engine.getUseClientMode()) {
      engine.getSession().invalidate();
      engine.watchAgain();
    } else {
      // No session bears it: see JdkServerSessions.mark.
      parameters.setEndpointIdentificationAlgorithm(UUID.randomUUID().toString());
      auth.ifPresent(asked -> parameters.setWantClientAuth(asked != ClientAuth.NONE));
    }
    engine.setSSLParameters(parameters);
  }

  /** SunJSSE can say that it does not want to only for the whole process: it says that it ends. */
  @Override
  public void refuse() {
    engine.closeOutbound();
  }
}
