package io.tlsport.provider.bcjsse;

import io.tlsport.spi.EngineSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jsse.BCExtendedSSLSession;
import org.bouncycastle.jsse.BCSSLEngine;

/**
 * What servers staple. BC-JSSE's clients always ask for it, and show it in the session of the
 * handshake alone, while its certificates are judged: so that is when it is read. Safe for any
 * number of threads.
 */
final class BcjsseStaples {
  private static final byte[] NONE = {};

  private final Map<SSLEngine, byte[]> asked = new ConcurrentHashMap<>();

  /** What the server of that engine will have stapled; empty for who does not ask. */
  Supplier<Optional<byte[]>> of(SSLEngine engine, EngineSpec spec) {
    if (!spec.requestOcsp()) {
      return Optional::empty;
    }
    asked.put(engine, NONE);
    return () -> Optional.ofNullable(asked.get(engine)).filter(response -> response.length > 0);
  }

  /** Called while the certificates of an engine are judged. */
  void look(SSLEngine engine) {
    if (!asked.containsKey(engine) || !(engine instanceof BCSSLEngine vendor)) {
      return;
    }
    BCExtendedSSLSession session = vendor.getBCHandshakeSession();
    List<byte[]> responses = session == null ? List.of() : session.getStatusResponses();
    if (!responses.isEmpty() && responses.get(0) != null) {
      asked.replace(engine, responses.get(0));
    }
  }

  /** Forgets an engine. */
  void remove(SSLEngine engine) {
    asked.remove(engine);
  }
}
