package io.tlsport.provider.bcjsse;

import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineSpec;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.bouncycastle.jsse.BCSSLParameters;

/**
 * Which sessions servers resume. BC-JSSE keeps them by the system's clock and for all hosts alike:
 * so each bears the time of the context's clock, and the host in a place that BC-JSSE compares.
 */
final class BcjsseServerSessions {
  private static final String MADE = "io.tlsport.made";

  private final ContextSpec spec;

  BcjsseServerSessions(ContextSpec spec) {
    this.spec = spec;
  }

  /** Drops what the client wants to resume, if it is too old. */
  void admit(SSLSessionContext cache, EngineSpec engine) {
    for (byte[] offered : engine.offeredSessions()) {
      SSLSession session = offered.length == 0 ? null : cache.getSession(offered);
      if (session != null && !isGood(session)) {
        session.invalidate();
      }
    }
  }

  private boolean isGood(SSLSession session) {
    if (!(session.getValue(MADE) instanceof Instant made)) {
      return false;
    }
    Duration age = Duration.between(made, spec.clock().instant());
    return !age.isNegative() && age.compareTo(spec.sessionTimeout()) < 0;
  }

  /**
   * A session is resumed only under the algorithm that it was made under. For nothing else is it
   * used: names are compared by BC-JSSE's own trust manager alone, which is not there.
   */
  static void mark(BCSSLParameters parameters, EngineSpec engine) {
    parameters.setEndpointIdentificationAlgorithm("tlsport/" + engine.sni().orElse(""));
  }

  /** Notes when a session was made; does nothing for one that was resumed. */
  void made(SSLSession session) {
    if (session.getValue(MADE) == null) {
      session.putValue(MADE, spec.clock().instant());
    }
  }
}
