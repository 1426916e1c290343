package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.TlsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Node in both roles, with every provider, version and kind of key: one connection with all
 * features at once that the provider declares, and a second one that goes on with it.
 */
@Timeout(300)
class NodeKeysTest {
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

  private static Map<String, Object> job(ProtocolVersion version, PairKey key, String who) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("version", version.id());
    job.put("key", peers().file(key, who + ".key").toString());
    job.put("cert", peers().file(key, who + ".crt").toString());
    job.put("ca", peers().file(key, "ca.crt").toString());
    job.put("staple", peers().file(key, "staple").toString());
    return job;
  }

  @Test
  void nodeIsServed() throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    String script =
        """
        const {readFileSync} = require('fs');
        const {connect} = require('tls');
        const visit = (options, bytes, renegotiates) => new Promise(resolve => {
          const seen = {staple: ''};
          const sent = Buffer.alloc(bytes, 'hello node ');
          const socket = connect(options);
          let back = [];
          const say = then => {
            back = [];
            socket.write(sent);
            socket.on('data', function take(data) {
              back.push(data);
              if (Buffer.concat(back).length === bytes) {
                socket.off('data', take);
                seen.echo = Buffer.concat(back).equals(sent);
                then();
              }
            });
          };
          socket.on('OCSPResponse', told => seen.staple = told ? told.toString('base64') : '');
          socket.once('session', session => seen.session = session);
          socket.on('error', error => seen.error = error.message);
          socket.on('close', () => resolve(seen));
          socket.setTimeout(20000, () => socket.destroy(new Error('nothing for 20 s')));
          socket.once('secureConnect', () => {
            seen.authorized = socket.authorized;
            seen.alpn = socket.alpnProtocol;
            seen.protocol = socket.getProtocol();
            seen.reused = socket.isSessionReused();
            seen.small = socket.setMaxSendFragment(512);
            say(() => renegotiates
              ? socket.renegotiate({}, () => say(() => socket.end()))
              : socket.end());
          });
        });
        (async () => {
          for (const job of JSON.parse(readFileSync(0, 'utf8'))) {
            const options = {
              port: job.port, host: '127.0.0.1', servername: 'localhost', requestOCSP: true,
              key: readFileSync(job.key), cert: readFileSync(job.cert), ca: readFileSync(job.ca),
              minVersion: job.version, maxVersion: job.version,
              ALPNProtocols: ['first', 'second']};
            const first = await visit(options, 3000, job.renegotiates);
            const second = await visit({...options, session: first.session}, 30, false);
            delete first.session;
            delete second.session;
            console.log(JSON.stringify([first, second]));
          }
        })();
        """;
    Map<KeyPeers.Combination, PairServer> servers = new LinkedHashMap<>();
    List<Map<String, Object>> jobs = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (KeyPeers.Combination one : peers().combinations()) {
      try {
        servers.put(one, one.server());
      } catch (TlsException refused) {
        wrong.addAll(one.failed(refused));
      }
    }
    servers.forEach(
        (one, server) -> {
          Map<String, Object> job = job(one.version(), one.key(), "client");
          job.put("port", server.port());
          job.put("renegotiates", one.covers(Capability.RENEGOTIATION));
          jobs.add(job);
        });
    try (ForeignProgram client = ForeignProgram.start(List.of("node", "-e", script))) {
      ObjectMapper json = new ObjectMapper();
      client.type(json.writeValueAsString(jobs));
      client.endInput();
      for (Map.Entry<KeyPeers.Combination, PairServer> served : servers.entrySet()) {
        wrong.addAll(node(served.getKey(), served.getValue(), json.readTree(client.await("^\\["))));
        served.getValue().end();
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static List<String> node(KeyPeers.Combination one, PairServer server, JsonNode visits)
      throws Exception {
    List<String> wrong = new ArrayList<>(one.wrong("what it lacks", List.of(), one.lacks()));
    for (JsonNode visit : visits) {
      wrong.addAll(one.wrong("error", "", visit.path("error").asText()));
      wrong.addAll(one.wrong("echo", true, visit.path("echo").asBoolean()));
      wrong.addAll(one.wrong("authorized", true, visit.path("authorized").asBoolean()));
      wrong.addAll(one.wrong("small records", true, visit.path("small").asBoolean()));
      wrong.addAll(one.wrong("ALPN", "second", visit.path("alpn").asText()));
      wrong.addAll(one.wrong("protocol", one.version().id(), visit.path("protocol").asText()));
      wrong.addAll(KeyPeers.seen(one, server.next()));
    }
    byte[] staple = one.covers(Capability.OCSP_STAPLING) ? one.identities().stapled() : new byte[0];
    wrong.addAll(
        one.wrong(
            "staple",
            HexFormat.of().formatHex(staple),
            HexFormat.of().formatHex(visits.path(0).path("staple").binaryValue())));
    wrong.addAll(one.wrong("reused at first", false, visits.path(0).path("reused").asBoolean()));
    wrong.addAll(
        one.wrong(
            "reused",
            one.covers(Capability.SESSION_RESUMPTION),
            visits.path(1).path("reused").asBoolean()));
    return wrong;
  }

  @Test
  void nodeServes() throws Exception {
    if (!ForeignProgram.isInstalled("node")) {
      return;
    }
    String script =
        """
        const {readFileSync} = require('fs');
        for (const job of JSON.parse(readFileSync(0, 'utf8'))) {
          const server = require('tls').createServer({
            key: readFileSync(job.key), cert: readFileSync(job.cert), ca: readFileSync(job.ca),
            minVersion: job.version, maxVersion: job.version, ALPNProtocols: ['second', 'first'],
            requestCert: true, rejectUnauthorized: true
          }, socket => {
            socket.on('error', () => {});
            socket.authorized && (socket.isSessionReused() || socket.servername === 'localhost')
              ? socket.pipe(socket)
              : socket.destroy();
          });
          server.on('OCSPRequest', (cert, issuer, tell) => tell(null, readFileSync(job.staple)));
          server.listen(0, '127.0.0.1', () => console.log(job.name, server.address().port));
        }
        """;
    List<Map<String, Object>> jobs = new ArrayList<>();
    for (ProtocolVersion version : KeyPeers.VERSIONS) {
      for (PairKey key : PairKey.values()) {
        Map<String, Object> job = job(version, key, "server");
        job.put("name", name(version, key));
        jobs.add(job);
      }
    }
    List<String> wrong = new ArrayList<>();
    try (ForeignProgram server = ForeignProgram.start(List.of("node", "-e", script))) {
      server.type(new ObjectMapper().writeValueAsString(jobs));
      server.endInput();
      Map<String, String> ports = new LinkedHashMap<>();
      for (int i = 0; i < jobs.size(); i++) {
        String told = server.await("^\\S+ \\d+$");
        ports.put(told.replaceFirst(" .*", ""), told.replaceFirst(".* ", ""));
      }
      for (KeyPeers.Combination one : peers().combinations()) {
        String port = String.valueOf(ports.get(name(one.version(), one.key())));
        wrong.addAll(
            KeyPeers.connects(one, new KeyPeers.Peer(Integer.parseInt(port), false, true)));
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static String name(ProtocolVersion version, PairKey key) {
    return String.format(Locale.ROOT, "%s_%s", version, key);
  }
}
