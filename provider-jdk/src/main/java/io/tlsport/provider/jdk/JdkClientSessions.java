package io.tlsport.provider.jdk;

import io.tlsport.spi.EngineEvents;
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
 * TLS 1.3 every ticket that comes on one of its connections joins it, and each is used once. Where
 * sessions can be bytes, a line holds what one engine resumes, and no more. Safe for any number of
 * threads.
 */
final class JdkClientSessions {
  /** SunJSSE looks for sessions where there is a port; which one makes no difference. */
  static final int ANY_PORT = 1;

  private static final int LIMIT = 10_000;
  private static final int HANDLE_LENGTH = 16;

  private final SecureRandom random;
  private final Optional<SunSessions> shown;
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

  /**
   * None so far.
   *
   * @param shown sessions as bytes, where they can be read
   */
  JdkClientSessions(SecureRandom random, Optional<SunSessions> shown) {
    this.random = random;
    this.shown = shown;
  }

  /**
   * The line to go on with; a new one in that context if there is none. One whose context does not
   * ask for the status is none for a client that wants to know it.
   */
  Line line(Resumption resumption, JdkContext context) {
    return resumption instanceof Resumption.Use use
        ? resumed(use.session().export(), context)
            .filter(line -> line.context().status().requested() || !context.status().requested())
            .orElseGet(() -> begin(context))
        : begin(context);
  }

  private Line begin(JdkContext context) {
    byte[] handle = new byte[HANDLE_LENGTH];
    random.nextBytes(handle);
    return new Line(handle, context);
  }

  private Optional<Line> resumed(byte[] session, JdkContext context) {
    if (shown.isPresent()) {
      return Optional.of(restored(session, context, shown.get()));
    }
    synchronized (lines) {
      return Optional.ofNullable(lines.get(ByteBuffer.wrap(session)));
    }
  }

  /** A line that begins with that session, if these bytes are one. */
  private Line restored(byte[] session, JdkContext context, SunSessions sessions) {
    Line line = begin(context);
    sessions
        .read(session, line.host(), ANY_PORT)
        .filter(line::begins)
        .ifPresent(read -> sessions.keep(read, context.ssl().getClientSessionContext()));
    return line;
  }

  /** Tells a session of that line: its bytes, or the handle of the line. */
  void tell(Line line, SSLSession session, EngineEvents events) {
    if (shown.isPresent()) {
      events.session(session.getId(), shown.get().export(session), true);
    } else {
      keep(line);
      events.session(session.getId(), line.handle().clone(), false);
    }
  }

  /** Keeps a line that has a session; those that were not used for longest make room. */
  private void keep(Line line) {
    synchronized (lines) {
      lines.put(ByteBuffer.wrap(line.handle()), line);
    }
  }
}
