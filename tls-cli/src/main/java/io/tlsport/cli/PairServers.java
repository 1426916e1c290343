package io.tlsport.cli;

import io.tlsport.ProtocolVersion;
import io.tlsport.TlsException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The servers of one provider, version and kind of key: one that is asked for all that its provider
 * declares, and for each feature that it lacks one that is asked for that, or was refused.
 */
final class PairServers {
  private final PairSide side;
  private final ProtocolVersion version;
  private final PairIdentities identities;
  private final Map<PairFeature, Made> made = new EnumMap<>(PairFeature.class);

  private interface Made {
    PairServer server();

    void end() throws ExecutionException, TimeoutException, InterruptedException;
  }

  private record Listening(PairServer server) implements Made {
    @Override
    public void end() throws ExecutionException, TimeoutException, InterruptedException {
      server.end();
    }
  }

  private record Refused(TlsException why) implements Made {
    @Override
    public PairServer server() {
      throw why;
    }

    @Override
    public void end() {}
  }

  PairServers(PairSide side, ProtocolVersion version, PairIdentities identities) {
    this.side = side;
    this.version = version;
    this.identities = identities;
  }

  private boolean has(PairFeature feature) {
    return feature.ofServer().flatMap(need -> side.lack(need, version)).isEmpty();
  }

  /**
   * The server for that feature.
   *
   * @throws TlsException if it was refused
   */
  PairServer of(PairFeature feature)
      throws ExecutionException, TimeoutException, InterruptedException {
    // Which of the features that it has stands for all of them does not matter.
    PairFeature one = has(feature) ? PairFeature.ECHO : feature;
    Made known = made.get(one);
    if (known == null) {
      known =
          make(
              has(feature)
                  ? Stream.of(PairFeature.values()).filter(this::has).toList()
                  : List.of(feature));
      made.put(one, known);
    }
    return known.server();
  }

  private Made make(List<PairFeature> features)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return new Listening(new PairServer(side.tls(), version, identities, features));
    } catch (TlsException refused) {
      return new Refused(refused);
    }
  }

  /** Ends those that listen. */
  void end() throws ExecutionException, TimeoutException, InterruptedException {
    for (Made each : made.values()) {
      each.end();
    }
  }
}
