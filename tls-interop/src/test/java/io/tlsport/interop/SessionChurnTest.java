package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Resuming sessions without end, where they live in native memory. */
@Timeout(120)
class SessionChurnTest {
  /** Allocators take some thousands until they take no more. */
  private static final int BATCHES = 8;

  private static final int CONNECTIONS = 700;

  /** A context that stays of each connection is many times that. */
  private static final long BOUND = 1L << 20;

  private static final long PAGE = 4096;

  private static ServerOptions server(ProtocolVersion version) {
    TestIdentity identity = Identities.server();
    return ServerOptions.builder()
        .context(
            c ->
                c.key(identity.key())
                    .cert(identity.chain())
                    .minVersion(version)
                    .maxVersion(version))
        .build();
  }

  private static ConnectOptions.Builder client(ProtocolVersion version, int port) {
    return ConnectOptions.builder()
        .host("127.0.0.1")
        .servername("localhost")
        .port(port)
        .checkServerIdentity((host, certificate) -> Optional.empty())
        .context(c -> c.ca(Identities.ca()).minVersion(version).maxVersion(version));
  }

  /** The session for the next connection. */
  private static Session visit(Tls tls, ConnectOptions options) {
    TLSSocket socket = tls.connect(options);
    CompletableFuture<Session> made = new CompletableFuture<>();
    CompletableFuture<Void> answered = new CompletableFuture<>();
    socket.onSession(made::complete);
    socket.onData(data -> answered.complete(null));
    Patience.await(answered, "the server to speak");
    Session session =
        options.session().isEmpty()
            ? Patience.await(made, "a session")
            : socket.session().orElseThrow();
    assertTrue(options.session().isEmpty() || socket.sessionReused());
    socket.destroy();
    Patience.await(socket.closed(), "close");
    return session;
  }

  /** What the process has beside its heap; zero where the system does not tell. */
  private static long beside() throws IOException {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 5; i++) {
      memory.gc();
    }
    try {
      long pages = Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]);
      return pages * PAGE - memory.getHeapMemoryUsage().getCommitted();
    } catch (NoSuchFileException notLinux) {
      return 0;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ProtocolVersion.class,
      names = {"TLS_1_2", "TLS_1_3"})
  void resumedSessionsAreFreed(ProtocolVersion version) throws IOException {
    try (Tls tls = Tls.builder().provider("conscrypt").build()) {
      Server server = tls.createServer(server(version));
      server.onSecureConnection(socket -> socket.write("!"));
      Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
      ConnectOptions.Builder client = client(version, server.address().orElseThrow().port());
      Session session = visit(tls, client.build());
      long grown = Long.MAX_VALUE;
      for (int batch = 0; batch < BATCHES && grown > BOUND; batch++) {
        long before = beside();
        for (int i = 0; i < CONNECTIONS; i++) {
          session = visit(tls, client.session(session).build());
        }
        grown = beside() - before;
      }
      assertTrue(grown <= BOUND, "beside the heap every batch leaves more, the last one " + grown);
    }
  }
}
