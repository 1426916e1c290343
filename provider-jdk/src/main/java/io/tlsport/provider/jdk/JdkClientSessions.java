package io.tlsport.provider.jdk;

import io.tlsport.spi.Resumption;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Which session a client resumes. SunJSSE takes what it has for the peer's host and port: each line
 * of sessions gets a host of its own, which no server has. A line begins with a full handshake; in
 * TLS 1.3 every ticket that comes on one of its connections joins it, and each is used once. Safe
 * for any number of threads.
 */
final class JdkClientSessions {
  private static final int LIMIT = 10_000;
  private static final int HANDLE_LENGTH = 16;

  private final SecureRandom random;
  private final Map<ByteBuffer, Line> lines =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Line> eldest) {
          return size() > LIMIT;
        }
      };

  /** The sessions that began with one handshake: what the application holds is their handle. */
  static final class Line {
    private final byte[] handle;
    private final JdkContext context;
    private byte @Nullable [] id;

    private Line(byte[] handle, JdkContext context) {
      this.handle = handle;
      this.context = context;
    }

    byte[] handle() {
      return handle;
    }

    JdkContext context() {
      return context;
    }

    /** Whether this session of TLS 1.2 is new in this line, rather than the one it had. */
    synchronized boolean begins(SSLSession session) {
      boolean known = Arrays.equals(id, session.getId());
      id = session.getId();
      return !known;
    }

    /** In the place of the peer's host. No dot: it would look like a host's name. */
    String host() {
      return HexFormat.of().formatHex(handle);
    }
  }

  JdkClientSessions(SecureRandom random) {
    this.random = random;
  }

  /**
   * The line to go on with; a new one in that context if there is none. One whose context does not
   * ask for the status is none for a client that wants to know it.
   */
  Line line(Resumption resumption, JdkContext context) {
    return resumed(resumption)
        .filter(line -> line.context().status().requested() || !context.status().requested())
        .orElseGet(() -> begin(context));
  }

  private Line begin(JdkContext context) {
    byte[] handle = new byte[HANDLE_LENGTH];
    random.nextBytes(handle);
    return new Line(handle, context);
  }

  private Optional<Line> resumed(Resumption resumption) {
    if (!(resumption instanceof Resumption.Use use)) {
      return Optional.empty();
    }
    synchronized (lines) {
      return Optional.ofNullable(lines.get(ByteBuffer.wrap(use.session().export())));
    }
  }

  /** Keeps a line that has a session; those that were not used for longest make room. */
  void keep(Line line) {
    synchronized (lines) {
      lines.put(ByteBuffer.wrap(line.handle()), line);
    }
  }
}
