package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.EngineSide;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Mutation;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Scanner;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/**
 * Handshakes that were real until up to three of their flights were changed: each side goes on, or
 * fails by a typed error that blames its peer, in good time; nothing else comes out of an engine.
 * {@code -Dtlsport.mutations=300000} makes a night of it.
 */
@Timeout(7200)
class MutatedHandshakesTest {
  private static final int COUNT = Integer.getInteger("tlsport.mutations", 150);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Behind so many everything is loaded and compiled; fewer say nothing about memory. */
  private static final int WARM = 10_000;

  /** Tells each failed handshake, with a stack; a logger that nobody holds forgets its level. */
  private static final Logger BC_JSSE = Logger.getLogger("org.bouncycastle.jsse");

  @BeforeAll
  static void quiet() {
    BC_JSSE.setLevel(Level.OFF);
  }

  @AfterAll
  static void aloud() {
    BC_JSSE.setLevel(null);
  }

  /** What both sides have in common. */
  private record Setting(ProtocolVersion version, boolean clientAuth, boolean protocols) {}

  private static final class Contexts {
    private final SecureContext client;
    private final SecureContext server;

    Contexts(Tls tls, ProtocolVersion version) {
      TestIdentity server = Identities.server();
      TestIdentity client = Identities.client();
      this.client = context(tls, version, b -> b.key(client.key()).cert(client.chain()));
      this.server = context(tls, version, b -> b.key(server.key()).cert(server.chain()));
    }

    private static SecureContext context(
        Tls tls, ProtocolVersion version, Consumer<SecureContextOptions.Builder> more) {
      SecureContextOptions.Builder builder =
          SecureContextOptions.builder()
              .ca(Identities.ca())
              .minVersion(version)
              .maxVersion(version);
      more.accept(builder);
      return tls.createSecureContext(builder.build());
    }

    EngineSide side(boolean isServer, Setting setting) {
      SocketOptions.Builder options = SocketOptions.builder().isServer(isServer);
      if (setting.protocols()) {
        options.alpnProtocols("h2", "http/1.1");
      }
      if (isServer) {
        options.requestCert(setting.clientAuth()).rejectUnauthorized(setting.clientAuth());
      } else {
        options.servername("localhost");
      }
      return new EngineSide((isServer ? server : client).newEngine(options.build()));
    }
  }

  private static List<Mutation> mutations(Random random) {
    List<Mutation> mutations = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      Mutation.Change[] changes = Mutation.Change.values();
      mutations.add(
          new Mutation(
              changes[random.nextInt(changes.length)],
              random.nextInt(6),
              random.nextInt(30_000),
              1 + random.nextInt(255)));
    }
    return mutations;
  }

  private static void check(SSLException typed) {
    TlsException cause = assertInstanceOf(TlsException.class, typed.getCause());
    assertNotEquals(ErrorCode.ERR_PROVIDER_FAILURE, cause.code(), cause::getMessage);
  }

  @EachProvider
  void changedFlightsAreSurvived(String provider) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Tls tls = Tls.builder().provider(provider).build()) {
      List<Contexts> contexts =
          Arrays.asList(
              new Contexts(tls, ProtocolVersion.TLS_1_2),
              new Contexts(tls, ProtocolVersion.TLS_1_3));
      List<List<byte[]>> honest = new ArrayList<>();
      for (Contexts both : contexts) {
        Setting setting = new Setting(ProtocolVersion.TLS_1_2, true, true);
        EngineSide client = both.side(false, setting);
        EngineSide server = both.side(true, setting);
        List<byte[]> flights = EngineSide.flights(client, server, List.of(), List.of());
        assertTrue(client.isSecure(), () -> "the client: " + client.failure());
        assertTrue(server.isSecure(), () -> "the server: " + server.failure());
        List<byte[]> records = new ArrayList<>();
        flights.forEach(flight -> records.addAll(Mutation.records(flight)));
        honest.add(records);
      }
      long resident = 0;
      for (int i = 0; i < COUNT; i++) {
        int version = random.nextInt(contexts.size());
        Setting setting =
            new Setting(
                version == 0 ? ProtocolVersion.TLS_1_2 : ProtocolVersion.TLS_1_3,
                random.nextBoolean(),
                random.nextBoolean());
        List<Mutation> mutations = mutations(random);
        try {
          survives(contexts.get(version), setting, mutations, honest.get(version));
        } catch (AssertionError | RuntimeException wrong) {
          throw new AssertionError(
              "handshake " + i + " of the seed " + seed + ", " + setting + ", " + mutations, wrong);
        }
        if (i == Math.max(WARM, COUNT / 10)) {
          resident = resident();
        }
      }
      long before = resident;
      long after = resident();
      assertTrue(
          before == 0 || after <= before * 11 / 10,
          () -> "resident pages when it was warm: " + before + ", and at the end: " + after);
    }
  }

  private static void survives(
      Contexts contexts, Setting setting, List<Mutation> mutations, List<byte[]> honest) {
    long began = System.nanoTime();
    EngineSide client = contexts.side(false, setting);
    EngineSide server = contexts.side(true, setting);
    EngineSide.flights(client, server, mutations, honest);
    client.failure().ifPresent(MutatedHandshakesTest::check);
    server.failure().ifPresent(MutatedHandshakesTest::check);
    client.end();
    server.end();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(LONGEST) < 0, () -> "it took " + took);
  }

  /** Pages of this process in memory; 0 where the system does not tell. */
  private static long resident() throws IOException {
    System.gc();
    Path statm = Path.of("/proc/self/statm");
    return Files.exists(statm) ? new Scanner(Files.readString(statm)).skip("\\d+").nextLong() : 0;
  }
}
