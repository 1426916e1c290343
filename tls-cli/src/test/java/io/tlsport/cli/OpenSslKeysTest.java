package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenSSL in both roles, with every provider, version and kind of key: one connection with all
 * features at once that the provider declares, and a second one that goes on with it.
 */
@Timeout(300)
class OpenSslKeysTest {
  private static final String LABEL = "EXPERIMENTAL-tlsport-peers";
  private static final int MATERIAL = 32;

  @TempDir static Path folder;

  private static @Nullable KeyPeers made;

  @BeforeAll
  static void makeCertificatesAndProviders() throws IOException {
    made = new KeyPeers(folder);
  }

  @AfterAll
  static void close() {
    peers().close();
  }

  private static KeyPeers peers() {
    return Objects.requireNonNull(made);
  }

  /** Trust and identity of one side, as options of openssl. */
  private static List<String> files(PairKey key, String who) {
    return List.of(
        "-CAfile",
        peers().file(key, "ca.crt").toString(),
        "-key",
        peers().file(key, who + ".key").toString(),
        "-cert",
        peers().file(key, who + ".crt").toString());
  }

  private static String flag(ProtocolVersion version) {
    return version.id().replaceFirst("^TLSv", "-tls").replace('.', '_');
  }

  @Test
  void opensslIsServed() throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> wrong = new ArrayList<>();
    for (KeyPeers.Combination one : peers().combinations()) {
      try {
        PairServer server = one.server();
        wrong.addAll(one.wrong("what it lacks", List.of(), one.lacks()));
        wrong.addAll(visits(server, one));
        server.end();
      } catch (TlsException refused) {
        wrong.addAll(one.failed(refused));
      } catch (AssertionError | TimeoutException failed) {
        wrong.add(one + ": " + failed);
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static ForeignProgram openssl(PairServer server, KeyPeers.Combination one, String... more)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", flag(one.version())));
    command.addAll(files(one.key(), "client"));
    command.addAll(List.of("-verify_return_error", "-servername", "localhost"));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port(), "-alpn", "first,second"));
    command.addAll(List.of("-max_send_frag", String.valueOf(KeyPeers.SMALL), "-status"));
    command.addAll(List.of("-keymatexport", LABEL, "-keymatexportlen", "" + MATERIAL));
    command.addAll(List.of(more));
    return ForeignProgram.start(command);
  }

  private static List<String> visits(PairServer server, KeyPeers.Combination one) throws Exception {
    String session =
        peers().file(one.key(), one.side() + one.version().id() + ".session").toString();
    List<String> wrong = new ArrayList<>();
    try (ForeignProgram client = openssl(server, one, "-sess_out", session)) {
      client.type(KeyPeers.LINE + "\n");
      // Before it has said all of its own, perhaps.
      client.await(KeyPeers.LINE);
      TLSSocket peer = server.next();
      wrong.addAll(KeyPeers.seen(one, peer));
      String material =
          one.covers(Capability.KEYING_MATERIAL)
              ? HexFormat.of()
                  .withUpperCase()
                  .formatHex(peer.exportKeyingMaterial(MATERIAL, LABEL, Optional.empty()))
              : "";
      wrong.addAll(one.wrong("small records", true, peer.setMaxSendFragment(KeyPeers.SMALL)));
      client.type(KeyPeers.LINE + "\n");
      client.await(KeyPeers.LINE);
      client.endInput();
      String said = client.said();
      List<String> words = new ArrayList<>(List.of("Verification: OK", "ALPN protocol: second"));
      words.add("Keying material: " + material);
      words.add("New, " + one.version().id());
      if (one.covers(Capability.OCSP_STAPLING)) {
        words.add("Cert Status: good");
      }
      for (String word : words) {
        if (!said.contains(word)) {
          wrong.add(one + ": openssl does not say " + word);
        }
      }
      wrong.addAll(one.wrong("status of openssl", 0, client.status()));
    }
    wrong.addAll(again(server, one, session));
    return wrong;
  }

  /** With the session, where there is one; renegotiated afterwards, where that can be. */
  private static List<String> again(PairServer server, KeyPeers.Combination one, String session)
      throws Exception {
    boolean resumes = one.covers(Capability.SESSION_RESUMPTION);
    List<String> wrong = new ArrayList<>();
    try (ForeignProgram client =
        resumes ? openssl(server, one, "-sess_in", session) : openssl(server, one)) {
      String first = client.await("^(New|Reused), ");
      wrong.addAll(one.wrong("resumed by openssl", resumes ? "Reused" : "New", first));
      TLSSocket peer = server.next();
      wrong.addAll(one.wrong("resumed", resumes, peer.sessionReused()));
      if (one.covers(Capability.RENEGOTIATION)) {
        CompletableFuture<Void> renegotiated = new CompletableFuture<>();
        peer.onRenegotiated(() -> renegotiated.complete(null));
        client.type("R\n");
        PairConnection.within(renegotiated);
      }
      client.type(KeyPeers.LINE + "\n");
      client.await(KeyPeers.LINE);
      client.endInput();
      client.said();
      wrong.addAll(one.wrong("status of openssl", 0, client.status()));
    }
    return wrong;
  }

  @Test
  void opensslServes() throws Exception {
    if (!ForeignProgram.isInstalled("openssl")) {
      return;
    }
    List<String> wrong = new ArrayList<>();
    for (List<KeyPeers.Combination> group : groups()) {
      KeyPeers.Combination any = group.get(0);
      List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-rev"));
      command.addAll(List.of(flag(any.version()), "-accept", "127.0.0.1:0"));
      command.addAll(files(any.key(), "server"));
      command.addAll(List.of("-alpn", "second,first", "-Verify", "1", "-verify_return_error"));
      command.addAll(List.of("-status_file", peers().file(any.key(), "staple").toString()));
      command.add("-client_renegotiation");
      try (ForeignProgram server = ForeignProgram.start(command)) {
        int port = Integer.parseInt(server.await("^ACCEPT .*:(\\d+)$"));
        for (KeyPeers.Combination one : group) {
          wrong.addAll(KeyPeers.connects(one, new KeyPeers.Peer(port, true, false)));
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Those that one server is for. */
  private static Collection<List<KeyPeers.Combination>> groups() {
    return peers().combinations().stream()
        .collect(
            Collectors.groupingBy(
                one -> List.of(one.version(), one.key()), LinkedHashMap::new, Collectors.toList()))
        .values();
  }
}
