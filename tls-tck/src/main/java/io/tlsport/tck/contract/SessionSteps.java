package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What contracts of sessions have in common: how one is made, and whether it is resumed. */
abstract class SessionSteps extends ProviderContract {
  /** A key of tickets that several servers have. */
  protected static final byte[] OLD_KEY = key(1);

  /** Another. */
  protected static final byte[] NEW_KEY = key(2);

  /** Nobody waits for the end of a connection that was there for its session. */
  private static final Duration NO_WAIT = Duration.ofMillis(20);

  private static byte[] key(int seed) {
    byte[] key = new byte[48];
    Arrays.fill(key, (byte) seed);
    return key;
  }

  /** Asks for the capability before anything else, so that a provider without it refuses. */
  protected final void ask(ProtocolVersion version) {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () ->
                tls()
                    .createSecurePair(
                        clientPair(version).session(Session.of(new byte[] {1})).build()));
    if (refused instanceof UnsupportedFeatureException) {
      throw refused;
    }
    assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
  }

  /** A session of the runtime that most of the test uses. */
  protected final Session made(ServerCapture server, ConnectOptions.Builder client) {
    return made(tls(), server, client);
  }

  /** Connects, and waits for a session: some servers send tickets with their first data only. */
  protected final Session made(Tls runtime, ServerCapture server, ConnectOptions.Builder client) {
    Capture first = bench().connect(runtime, server.port(), client.closeTimeout(NO_WAIT));
    CompletableFuture<Session> made = new CompletableFuture<>();
    first.socket().onSession(made::complete);
    first.awaitSecure();
    serverSpeaksFirst(server, first);
    assertFalse(first.socket().sessionReused());
    Session session = Patience.await(made, "a session; so far " + first);
    assertTrue(first.socket().session().isPresent());
    first.socket().end();
    first.awaitClose();
    return session;
  }

  /** Some servers send tickets with their first data only; the server's end. */
  protected static Capture serverSpeaksFirst(ServerCapture server, Capture client) {
    Capture other = server.next();
    other.awaitSecure();
    other.socket().write("!");
    client.collect().awaitBytes(1);
    return other;
  }

  /** Several sessions: those of TLS 1.3 are good for one use. */
  protected final List<Session> made(int count, ServerCapture server, ProtocolVersion version) {
    return Stream.generate(() -> made(server, client(version))).limit(count).toList();
  }

  /** Whether a client resumes. */
  protected final boolean resumes(ServerCapture server, ConnectOptions.Builder client) {
    return met(tls(), server, client).resumed();
  }

  /**
   * A connection over which data passed in both directions.
   *
   * @param client its end
   * @param server the other
   */
  record Met(TLSSocket client, TLSSocket server) {
    /** As both sides tell. */
    boolean resumed() {
      assertEquals(client.sessionReused(), server.sessionReused());
      return client.sessionReused();
    }
  }

  /** Connects a client of that runtime. */
  final Met met(Tls runtime, ServerCapture server, ConnectOptions.Builder client) {
    Capture ours = bench().connect(runtime, server.port(), client);
    ours.awaitSecure();
    Capture theirs = serverSpeaksFirst(server, ours);
    ours.socket().write("?");
    theirs.collect().awaitBytes(1);
    return new Met(ours.socket(), theirs.socket());
  }

  /** Whether there can be sessions at all: else none is ever too old or out of place. */
  protected final boolean resumable(ProtocolVersion version) {
    return tls().capabilities().of(Capability.SESSION_RESUMPTION).covers(version);
  }

  /** With a key that other servers have too, if there are such keys. */
  protected final Consumer<SecureContextOptions.Builder> shared(ProtocolVersion version) {
    return tls().capabilities().of(Capability.TICKET_KEYS).covers(version)
        ? context -> context.ticketKey(OLD_KEY)
        : context -> {};
  }

  /** A server with its own sessions. */
  protected final ServerCapture listen(ProtocolVersion version) {
    return bench().listen(server(version).build());
  }

  /** A server with that beside its identity. */
  protected final ServerCapture listen(
      ProtocolVersion version, Consumer<SecureContextOptions.Builder> context) {
    return bench().listen(server(version).context(context).build());
  }
}
