package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Peers that somebody else wrote, with every provider, version and kind of key. */
final class KeyPeers implements AutoCloseable {
  static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);
  static final int SMALL = 512;
  static final String LINE = "hello ".repeat(200) + "openssl";
  private static final int BYTES = 3_000;

  private final Path folder;
  private final List<PairSide> sides = new ArrayList<>();
  private final Map<PairKey, PairIdentities> identities = new LinkedHashMap<>();

  /** Makes the certificates, as files in that folder too, and starts the providers. */
  KeyPeers(Path folder) throws IOException {
    this.folder = folder;
    for (PairKey key : PairKey.values()) {
      PairIdentities made = PairIdentities.make(key, InstantSource.system());
      identities.put(key, made);
      Files.write(file(key, "server.key"), made.server().key().bytes());
      Files.write(file(key, "server.crt"), made.server().chain().bytes());
      Files.write(file(key, "client.key"), made.client().key().bytes());
      Files.write(file(key, "client.crt"), made.client().chain().bytes());
      Files.write(file(key, "ca.crt"), made.ca().bytes());
      Files.write(file(key, "staple"), made.stapled());
    }
    for (String name : Providers.names().toList()) {
      Tls tls = Tls.builder().provider(name).build();
      sides.add(new PairSide(name, tls.capabilities(), tls));
    }
  }

  @Override
  public void close() {
    sides.forEach(side -> side.tls().close());
  }

  /** A file of that kind of key. */
  Path file(PairKey key, String name) {
    return folder.resolve(key.word() + "." + name);
  }

  /** One provider, version and kind of key. */
  record Combination(
      PairSide side, ProtocolVersion version, PairKey key, PairIdentities identities) {
    @Override
    public String toString() {
      return side + " " + version.id() + " " + key.word();
    }

    /** Whether its provider declares that. */
    boolean covers(Capability capability) {
      return side().lack(capability, version).isEmpty();
    }

    /** What stands against the key. */
    List<PairLack> lacks() {
      return side().lacks(key, version, PairFeature.ECHO, identities());
    }

    /** Fails for want of that, or should not have failed. */
    List<String> failed(@Nullable Throwable failure) {
      return lacks().stream().anyMatch(lack -> lack.explains(failure))
          ? List.of()
          : List.of(this + ": " + failure);
    }

    /** What is wrong if these two are not equal. */
    List<String> wrong(String what, Object expected, Object actual) {
      return expected.equals(actual)
          ? List.of()
          : List.of(this + ": " + what + " is " + actual + ", not " + expected);
    }

    /** A server that has all that its provider declares. */
    PairServer server() throws Exception {
      return new PairServer(
          side().tls(),
          version,
          identities(),
          Stream.of(PairFeature.values())
              .filter(feature -> feature.ofServer().filter(need -> !covers(need)).isEmpty())
              .toList());
    }
  }

  /** All of them, those of one version and key together. */
  List<Combination> combinations() {
    return VERSIONS.stream()
        .flatMap(
            version ->
                identities.entrySet().stream()
                    .flatMap(made -> combinations(version, made.getKey(), made.getValue())))
        .toList();
  }

  private Stream<Combination> combinations(
      ProtocolVersion version, PairKey key, PairIdentities made) {
    return sides.stream().map(side -> new Combination(side, version, key, made));
  }

  /** What a server has to know of a client that shows everything. */
  static List<String> seen(Combination one, TLSSocket peer) {
    List<String> wrong = new ArrayList<>();
    wrong.addAll(one.wrong("protocol", Optional.of(one.version()), peer.protocol()));
    wrong.addAll(one.wrong("servername", Optional.of("localhost"), peer.servername()));
    wrong.addAll(one.wrong("ALPN", Optional.of("second"), peer.alpnProtocol()));
    wrong.addAll(one.wrong("authorized", true, peer.authorized()));
    return wrong;
  }

  /** How the peer answers, and what it can. */
  record Peer(int port, boolean reverses, boolean ticketsOnly) {}

  /** What is wrong with a client's two visits. */
  static List<String> connects(Combination one, Peer peer) throws Exception {
    List<PairLack> lacks = one.lacks();
    try {
      CompletableFuture<Session> session = new CompletableFuture<>();
      List<String> wrong = new ArrayList<>(visit(one, peer, Optional.empty(), session));
      wrong.addAll(one.wrong("what it lacks", List.of(), lacks));
      boolean tickets =
          !peer.ticketsOnly()
              || one.version() == ProtocolVersion.TLS_1_3
              || one.covers(Capability.SESSION_TICKET);
      if (one.covers(Capability.SESSION_RESUMPTION) && tickets) {
        wrong.addAll(visit(one, peer, Optional.of(session.get(20, TimeUnit.SECONDS)), session));
      }
      return wrong;
    } catch (ExecutionException failed) {
      return one.failed(failed.getCause());
    } catch (TlsException failed) {
      return one.failed(failed);
    } catch (TimeoutException late) {
      return List.of(one + ": " + late);
    }
  }

  private static List<String> visit(
      Combination one, Peer peer, Optional<Session> session, CompletableFuture<Session> next)
      throws Exception {
    PairIdentities made = one.identities();
    boolean asks = one.covers(Capability.OCSP_REQUEST);
    ConnectOptions.Builder options =
        ConnectOptions.builder()
            .host("127.0.0.1")
            .port(peer.port())
            .servername("localhost")
            .alpnProtocols("first", "second")
            .requestOcsp(asks)
            // These peers wait for our end, which an engine may hold back until theirs.
            .closeTimeout(Duration.ofMillis(100))
            .context(
                c ->
                    c.ca(made.ca())
                        .key(made.client().key())
                        .cert(made.client().chain())
                        .minVersion(one.version())
                        .maxVersion(one.version()));
    session.ifPresent(options::session);
    TLSSocket client = one.side().tls().connect(options.build());
    CompletableFuture<Optional<byte[]>> staple = new CompletableFuture<>();
    client.onOcspResponse(staple::complete);
    client.onSession(next::complete);
    List<String> wrong = new ArrayList<>();
    try {
      PairConnection.within(client.secured());
      wrong.addAll(one.wrong("protocol", Optional.of(one.version()), client.protocol()));
      wrong.addAll(one.wrong("authorized", true, client.authorized()));
      wrong.addAll(one.wrong("ALPN", Optional.of("second"), client.alpnProtocol()));
      wrong.addAll(one.wrong("reused", session.isPresent(), client.sessionReused()));
      wrong.addAll(one.wrong("small records", true, client.setMaxSendFragment(SMALL)));
      if (asks && session.isEmpty()) {
        byte[] told = PairConnection.within(staple).orElse(new byte[0]);
        wrong.addAll(one.wrong("staple", true, Arrays.equals(made.stapled(), told)));
      }
      if (session.isEmpty() && one.covers(Capability.RENEGOTIATION)) {
        PairConnection.within(client.renegotiate());
      }
      wrong.addAll(
          one.wrong(
              "echo",
              true,
              peer.reverses() ? reverses(client) : PairConnection.echoes(client, BYTES)));
      // OpenSSL forgets the session of a connection that does not end in order.
      client.end();
      PairConnection.within(client.closed());
    } finally {
      client.destroy();
    }
    return wrong;
  }

  private static boolean reverses(TLSSocket client) throws Exception {
    StringBuilder back = new StringBuilder();
    CompletableFuture<String> line = new CompletableFuture<>();
    client.setEncoding(StandardCharsets.US_ASCII);
    client.onText(
        text -> {
          if (back.append(text).indexOf("\n") >= 0) {
            line.complete(back.toString());
          }
        });
    client.onClose(() -> line.complete("closed"));
    client.write(LINE + "\n");
    return PairConnection.within(line)
        .equals(new StringBuilder(LINE).reverse().append('\n').toString());
  }
}
