package io.tlsport.provider.bcjsse;

import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.jsse.SessionHandles;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jsse.BCExtendedSSLSession;
import org.bouncycastle.jsse.BCSSLEngine;

/**
 * The session of one client, which BC-JSSE keeps as an object.
 *
 * @param handles all of them
 * @param offered what the client resumes, if the server agrees
 */
record BcjsseClientSession(
    SessionHandles<BCExtendedSSLSession> handles, Optional<BCExtendedSSLSession> offered) {
  static BcjsseClientSession of(SessionHandles<BCExtendedSSLSession> handles, EngineSpec spec) {
    return new BcjsseClientSession(
        handles,
        spec.resumption() instanceof Resumption.Use use
            ? handles.find(use.session())
            : Optional.empty());
  }

  void offer(SSLEngine engine) {
    offered.ifPresent(((BCSSLEngine) engine)::setBCSessionToResume);
  }

  /** Tells the session, if it is new. Those of TLS 1.3 have no identifier: none can be resumed. */
  void tell(SSLEngine engine, EngineEvents events) {
    BCExtendedSSLSession session = ((BCSSLEngine) engine).getBCSession();
    byte[] id = session.getId();
    if (id.length > 0 && offered.filter(old -> Arrays.equals(old.getId(), id)).isEmpty()) {
      events.session(id, handles.add(session), false);
    }
  }
}
