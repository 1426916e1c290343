package io.tlsport.provider.bcjsse;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import io.tlsport.spi.Resumption;
import io.tlsport.tck.fixture.Mutation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Handshakes that were real, until one flight of them was changed: both sides answer by an alert
 * and an {@link SSLException}, or go on; never anything else. {@code -Djqwik.tries.default=50000}
 * makes a night of it.
 */
class BctlsMutatedHandshakeProperties {
  private static final int MOST_FLIGHTS = 16;
  private static final Map<BctlsPair.Setting, Optional<Session>> SESSIONS = new HashMap<>();
  private static final Map<BctlsPair.Setting, List<byte[]>> HONEST = new HashMap<>();

  @Provide
  Arbitrary<BctlsPair.Setting> settings() {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.of(
                ProtocolVersion.TLS_1_0,
                ProtocolVersion.TLS_1_1,
                ProtocolVersion.TLS_1_2,
                ProtocolVersion.TLS_1_3),
            flag,
            flag,
            flag,
            flag)
        .as(BctlsPair.Setting::new);
  }

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    return Combinators.combine(
            Arbitraries.of(Mutation.Change.class),
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers().between(0, 30_000),
            Arbitraries.integers().between(1, 255))
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Property
  void bothSidesSurviveChangedFlights(
      @ForAll("settings") BctlsPair.Setting setting,
      @ForAll("mutations") List<Mutation> mutations) {
    BctlsPair pair = pair(setting);
    run(pair, mutations, honest(setting), new ArrayList<>());
  }

  private static BctlsPair pair(BctlsPair.Setting setting) {
    Optional<Session> session =
        setting.resumed()
            ? SESSIONS.computeIfAbsent(setting, ignored -> session(setting))
            : Optional.empty();
    return new BctlsPair(
        setting,
        BctlsHostilePeerProperties.IDENTITY,
        session.<Resumption>map(Resumption.Use::new).orElse(Resumption.own()),
        made -> {});
  }

  /** The session of an honest handshake; none in TLS 1.3, which this engine does not resume. */
  private static Optional<Session> session(BctlsPair.Setting setting) {
    List<Session> made = new ArrayList<>();
    BctlsPair pair =
        new BctlsPair(
            setting,
            BctlsHostilePeerProperties.IDENTITY,
            Resumption.own(),
            bytes -> made.add(Session.of(bytes)));
    run(pair, List.of(), List.of(), new ArrayList<>());
    assertTrue(
        made.isEmpty() == (setting.version() == ProtocolVersion.TLS_1_3),
        () -> setting + "" + made);
    return made.stream().findFirst();
  }

  /** The records of an honest handshake, to be spliced into others. */
  private static List<byte[]> honest(BctlsPair.Setting setting) {
    return HONEST.computeIfAbsent(
        setting,
        ignored -> {
          List<byte[]> flights = new ArrayList<>();
          BctlsPair pair = pair(setting);
          run(pair, List.of(), List.of(), flights);
          assertNotNull(pair.client.getApplicationProtocol(), () -> setting + " is complete");
          assertNotNull(pair.server.getApplicationProtocol(), () -> setting + " is complete");
          List<byte[]> records = new ArrayList<>();
          flights.forEach(flight -> records.addAll(Mutation.records(flight)));
          return records;
        });
  }

  /** Flights there and back, until both sides are silent. */
  private static void run(
      BctlsPair pair, List<Mutation> mutations, List<byte[]> honest, List<byte[]> seen) {
    SSLEngine from = pair.client;
    SSLEngine to = pair.server;
    int silent = 0;
    for (int flight = 0; flight < MOST_FLIGHTS && silent < 2; flight++) {
      byte[] sent = sent(from);
      seen.add(sent);
      byte[] changed = sent;
      for (Mutation mutation : mutations) {
        if (mutation.flight() == flight) {
          changed = mutation.of(changed, honest);
        }
      }
      silent = changed.length == 0 ? silent + 1 : 0;
      receive(to, changed);
      SSLEngine turn = from;
      from = to;
      to = turn;
    }
    for (SSLEngine engine : List.of(pair.client, pair.server)) {
      engine.closeOutbound();
      sent(engine);
      assertTrue(engine.isOutboundDone(), "it ends");
    }
  }

  /** Everything that it has to say. */
  private static byte[] sent(SSLEngine engine) {
    try {
      List<byte[]> parts = new ArrayList<>();
      for (byte[] part = BctlsPair.wrap(engine); part.length > 0; part = BctlsPair.wrap(engine)) {
        parts.add(part);
        assertTrue(parts.size() < 100, "it comes to an end");
      }
      return Mutation.join(parts);
    } catch (SSLException typed) {
      check(engine, typed);
      return new byte[0];
    }
  }

  private static void receive(SSLEngine engine, byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    try {
      BctlsPair.unwrap(engine, bytes);
    } catch (SSLException typed) {
      check(engine, typed);
    }
  }

  private static void check(SSLEngine engine, SSLException typed) {
    ErrorCode code = BouncyCastleFaults.explain(typed).code();
    assertNotEquals(ErrorCode.ERR_PROVIDER_FAILURE, code, typed::toString);
    assertTrue(engine.isInboundDone(), "nothing is read after a failure");
    String message = String.valueOf(typed.getMessage());
    if (message.startsWith("the engine failed")) {
      fail("not by a decision of the parser: " + message, typed);
    }
  }
}
