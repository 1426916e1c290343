package io.tlsport.fuzz;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.EngineSide;
import io.tlsport.tck.fixture.Mutation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * An engine behind the driver, and what a peer sends it. The first byte chooses the version, and
 * whether the server asks for a certificate.
 */
final class EngineTarget implements Target {
  private static final Map<String, Handshakes> HANDSHAKES = new HashMap<>();

  /** What the bytes are. */
  enum Kind {
    /** All that a client sends. */
    SERVER,
    /** All that a server sends. */
    CLIENT,
    /** Changes of a handshake that goes on, of {@link #CHANGE} bytes each. */
    BOTH
  }

  private static final int CHANGE = 5;

  private final String provider;
  private final Kind kind;
  private final Handshakes handshakes;
  private final List<byte[]> records = new ArrayList<>();

  private EngineTarget(String provider, Kind kind, Handshakes handshakes) {
    this.provider = provider;
    this.kind = kind;
    this.handshakes = handshakes;
  }

  static EngineTarget of(String provider, Kind kind) {
    return new EngineTarget(provider, kind, HANDSHAKES.computeIfAbsent(provider, Handshakes::new));
  }

  @Override
  public String name() {
    return provider + '-' + kind;
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (byte choice = 0; choice < 4; choice++) {
      List<byte[]> honest = handshakes.honest(version(choice));
      honest.forEach(flight -> records.addAll(Mutation.records(flight)));
      byte[] sent =
          switch (kind) {
            case SERVER -> Handshakes.sent(honest, false);
            case CLIENT -> Handshakes.sent(honest, true);
            case BOTH -> new byte[] {choice, 1, 0, 99, 7, choice, 2, 0, 9, 1};
          };
      byte[] seed = new byte[sent.length + 1];
      seed[0] = choice;
      System.arraycopy(sent, 0, seed, 1, sent.length);
      seeds.add(seed);
    }
    return seeds;
  }

  private static ProtocolVersion version(byte choice) {
    return Handshakes.VERSIONS.get(choice & 1);
  }

  @Override
  public void read(byte[] input) {
    if (input.length == 0) {
      return;
    }
    ProtocolVersion version = version(input[0]);
    boolean asks = (input[0] & 2) != 0;
    byte[] bytes = java.util.Arrays.copyOfRange(input, 1, input.length);
    switch (kind) {
      case SERVER -> ends(handshakes.server(version, asks), bytes);
      case CLIENT -> {
        EngineSide client = handshakes.client(version);
        client.answer(new byte[0]);
        ends(client, bytes);
      }
      case BOTH -> {
        EngineSide client = handshakes.client(version);
        EngineSide server = handshakes.server(version, asks);
        EngineSide.flights(client, server, mutations(bytes), records);
        ends(client, new byte[0]);
        ends(server, new byte[0]);
      }
    }
  }

  private static List<Mutation> mutations(byte[] bytes) {
    List<Mutation> mutations = new ArrayList<>();
    Mutation.Change[] changes = Mutation.Change.values();
    for (int at = 0; at + CHANGE <= bytes.length && mutations.size() < 8; at += CHANGE) {
      mutations.add(
          new Mutation(
              changes[(bytes[at] & 0xff) % changes.length],
              (bytes[at + 1] & 0xff) % 6,
              (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff),
              1 + (bytes[at + 4] & 0xff) % 255));
    }
    return mutations;
  }

  private static void ends(EngineSide side, byte[] came) {
    side.answer(came);
    side.failure().ifPresent(EngineTarget::check);
    side.end();
  }

  private static void check(SSLException failure) {
    if (!(failure.getCause() instanceof TlsException typed)
        || typed.code() == ErrorCode.ERR_PROVIDER_FAILURE) {
      throw new AssertionError("nobody knows what is wrong", failure);
    }
  }
}
