package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.SharedSessions;
import io.tlsport.SharedSessionsOptions;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.MemoryStore;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Servers resume each other's sessions, in one runtime and in several. */
public abstract class SharingContract extends SessionSteps {
  @TempDir Path temporary;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(InstantSource.system().instant());

  // --- steps

  private String place() {
    return "dir:" + temporary.resolve("shared");
  }

  /** What stands for another process: a runtime of its own, with the time of the test. */
  private Tls process() {
    return bench().tls(builder -> builder.clock(now::get));
  }

  private SharedSessions shared(Tls process) {
    // A key is seen by the others long before the time of the test comes to it.
    return process.createSharedSessions(
        SharedSessionsOptions.builder(place())
            .keysIssueFor(Duration.ofSeconds(1))
            .keysDecryptFor(Duration.ofMinutes(1))
            .build());
  }

  private ServerCapture withTickets(Tls process, ProtocolVersion version, SharedSessions shared) {
    return bench().listen(process, server(version).ticketKeySource(shared).build());
  }

  private ServerCapture withStore(Tls process, ProtocolVersion version, SharedSessions shared) {
    return bench().listen(process, server(version).sessionStore(shared).build());
  }

  // --- tickets

  @Rule("18.30")
  @Requires(Capability.TICKET_KEYS)
  @EachVersion
  void serversOfOneRuntimeShareWithoutBeingTold(ProtocolVersion version) {
    ServerCapture one = bench().listen(server(version).build());
    ServerCapture two = bench().listen(server(version).build());
    assertArrayEquals(
        one.server().ticketKeys().get(0),
        two.server().ticketKeys().get(0),
        "the key that encrypts");
    Session session = made(one, client(version));
    assertTrue(resumes(two, client(version).session(session)));
  }

  @Rule("18.31")
  @Requires(Capability.TICKET_KEYS)
  @EachVersion
  void processesWithOnePlaceResumeEachOthersTickets(ProtocolVersion version) {
    Tls here = process();
    ServerCapture one = withTickets(here, version, shared(here));
    Tls there = process();
    ServerCapture two = withTickets(there, version, shared(there));
    Session session = made(one, client(version));
    assertTrue(resumes(two, client(version).session(session)));
  }

  @Rule("18.32")
  @Requires(Capability.TICKET_KEYS)
  @EachVersion
  void keysOfAPlaceRotateWithoutLosingASession(ProtocolVersion version) {
    Tls here = process();
    SharedSessions ofHere = shared(here);
    ServerCapture one = withTickets(here, version, ofHere);
    Tls there = process();
    SharedSessions ofThere = shared(there);
    ServerCapture two = withTickets(there, version, ofThere);
    Session session = made(one, client(version));
    byte[] before = ofHere.ticketKeys().get(0);
    now.updateAndGet(then -> then.plusMillis(800));
    Patience.until(
        () -> ofHere.ticketKeys().size() > 1 && ofThere.ticketKeys().size() > 1,
        () -> "the next key to be known before it encrypts");
    assertArrayEquals(before, ofThere.ticketKeys().get(0), "the key that encrypts until then");
    now.updateAndGet(then -> then.plusMillis(100));
    assertArrayEquals(ofHere.ticketKeys().get(0), ofThere.ticketKeys().get(0));
    assertFalse(Arrays.equals(before, ofThere.ticketKeys().get(0)), "another key");
    assertTrue(resumes(two, client(version).session(session)));
  }

  @Rule("18.33")
  @Requires(Capability.TICKET_KEYS)
  @EachVersion
  void sourceOfTheApplicationIsAsked(ProtocolVersion version) {
    AtomicReference<List<byte[]>> keys = new AtomicReference<>(List.of(OLD_KEY));
    ServerCapture server = bench().listen(server(version).ticketKeySource(keys::get).build());
    Session one = made(server, client(version));
    Session two = made(server, client(version));
    keys.set(List.of(NEW_KEY, OLD_KEY));
    assertTrue(resumes(server, client(version).session(one)));
    keys.set(List.of(NEW_KEY));
    assertFalse(resumes(server, client(version).session(two)));
    keys.set(List.of());
    bench().connect(server.port(), client(version));
    assertEquals(ErrorCode.ERR_TLS_CALLBACK, server.nextClientError().error().code());
  }

  @Rule("18.34")
  @Requires(Capability.TICKET_KEYS)
  @EachVersion
  void keysHaveOneSource(ProtocolVersion version) {
    ServerOptions.Builder options = server(version).ticketKeySource(() -> List.of(OLD_KEY));
    ConfigurationException setLater =
        assertThrows(
            ConfigurationException.class,
            () -> bench().server(options.build()).setTicketKeys(List.of(NEW_KEY)));
    refuseIfNotDeclared(setLater);
    assertEquals(ErrorCode.ERR_TLS_INVALID_STATE, setLater.code());
    ConfigurationException withKeys =
        assertThrows(
            ConfigurationException.class,
            () -> bench().server(options.context(c -> c.ticketKey(NEW_KEY)).build()));
    assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, withKeys.code());
  }

  private static void refuseIfNotDeclared(ConfigurationException refused) {
    if (refused instanceof UnsupportedFeatureException) {
      throw refused;
    }
  }

  // --- stores

  @Rule("18.35")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void processesWithOnePlaceResumeEachOthersStoredSessions(ProtocolVersion version) {
    Tls here = process();
    ServerCapture one = withStore(here, version, shared(here));
    Tls there = process();
    ServerCapture two = withStore(there, version, shared(there));
    Session session = made(one, client(version));
    boolean bytes = tls().capabilities().of(Capability.SESSION_EXPORT).covers(version);
    assertEquals(bytes, resumes(two, client(version).session(session)));
  }

  @Rule("18.35")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void memoryIsAStoreOfThisProcess(ProtocolVersion version) {
    SharedSessions memory = tls().createSharedSessions("memory");
    ServerCapture one = withStore(tls(), version, memory);
    ServerCapture two = withStore(tls(), version, memory);
    Session session = made(one, client(version));
    assertTrue(resumes(two, client(version).session(session)));
  }

  @Rule("18.36")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void placeThatIsGoneCostsFullHandshakesAndNothingElse(ProtocolVersion version)
      throws IOException {
    Tls here = process();
    SharedSessions shared = shared(here);
    ServerCapture server = withStore(here, version, shared);
    Session session = made(server, client(version));
    remove(temporary.resolve("shared"));
    assertFalse(resumes(server, client(version).session(session)));
    assertFalse(resumes(server, client(version)));
    Files.write(temporary.resolve("shared"), new byte[] {1});
    assertFalse(resumes(server, client(version).session(session)));
  }

  @Rule("18.36")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void sharedSessionsThatAreClosedFailNobody(ProtocolVersion version) {
    SharedSessions memory = tls().createSharedSessions("memory");
    ServerCapture server = withStore(tls(), version, memory);
    Session session = made(server, client(version));
    memory.close();
    assertFalse(resumes(server, client(version).session(session)));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.delete(folder);
  }

  @Rule("18.34")
  @Requires(Capability.SESSION_STORE)
  @EachVersion
  void storeAndTicketKeysExcludeEachOther(ProtocolVersion version) {
    ServerOptions.Builder options = server(version).sessionStore(new MemoryStore());
    bench().server(options.build());
    if (tls().capabilities().of(Capability.TICKET_KEYS).covers(version)) {
      ConfigurationException both =
          assertThrows(
              ConfigurationException.class,
              () -> bench().server(options.ticketKeySource(() -> List.of(OLD_KEY)).build()));
      assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, both.code());
    }
  }
}
