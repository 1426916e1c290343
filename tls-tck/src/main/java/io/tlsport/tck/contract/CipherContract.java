package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.Capability;
import io.tlsport.CipherInfo;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.PskIdentity;
import io.tlsport.SecureContextOptions;
import io.tlsport.SecurePair;
import io.tlsport.ServerOptions;
import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.HelloBytes;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Received;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.testpki.KeyKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which cipher suite two sides agree on. */
public abstract class CipherContract extends ProviderContract {
  /** The first byte of the numbers of its suites. */
  private static final int TLS_1_3 = 0x13;

  private static final List<Integer> OF_POLICIES =
      List.of(
          HelloBytes.SUPPORTED_VERSIONS,
          HelloBytes.SUPPORTED_GROUPS,
          HelloBytes.SIGNATURE_ALGORITHMS);

  private static final String TWO_OF_1_2 =
      "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
  private static final String TWO_OF_1_3 = "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256";

  /** The list of Node 0.12, of which every engine has some. */
  private static final List<String> SEEDS_TLS_1_2 =
      List.of("ECDHE-RSA-AES128-SHA256", "AES128-GCM-SHA256");

  private static String two(ProtocolVersion version) {
    return version == ProtocolVersion.TLS_1_2 ? TWO_OF_1_2 : TWO_OF_1_3;
  }

  private static String turned(ProtocolVersion version) {
    String[] names = two(version).split(":", -1);
    return names[1] + ":" + names[0];
  }

  private static String firstOf(String list) {
    return list.substring(0, list.indexOf(':'));
  }

  private static ServerOptions.Builder server(ProtocolVersion version, String ciphers) {
    return server(version).context(c -> c.ciphers(ciphers));
  }

  private CipherInfo agreed(ServerOptions server, ProtocolVersion version, String ciphers) {
    return agreed(server, client(version).context(c -> c.ciphers(ciphers)));
  }

  private CipherInfo agreed(ServerOptions server, ConnectOptions.Builder client) {
    Connection connection = bench().connection(server, client);
    CipherInfo cipher = connection.client().socket().cipher().orElseThrow();
    assertEquals(cipher, connection.server().socket().cipher().orElseThrow());
    return cipher;
  }

  @Rule("15.1")
  @Test
  void agreesOnTheOnlySuiteThatAClientNames() {
    ServerOptions server = server(ProtocolVersion.TLS_1_2, TWO_OF_1_2).build();
    for (String name : TWO_OF_1_2.split(":", -1)) {
      assertEquals(name, agreed(server, ProtocolVersion.TLS_1_2, name).name());
    }
  }

  @Rule("15.1")
  @Test
  @Requires(Capability.TLS_1_3_CIPHERS)
  void agreesOnTheOnlySuiteOfTls13ThatAServerNames() {
    for (String name : TWO_OF_1_3.split(":", -1)) {
      ServerOptions server = server(ProtocolVersion.TLS_1_3, name).build();
      assertEquals(name, agreed(server, ProtocolVersion.TLS_1_3, TWO_OF_1_3).name());
    }
  }

  @Rule("15.2")
  @Test
  void takesIanasNamesAndOpenSslsGroups() {
    ServerOptions server = server(ProtocolVersion.TLS_1_2, "ECDHE+AESGCM:!AES128").build();
    CipherInfo cipher =
        agreed(
            server,
            ProtocolVersion.TLS_1_2,
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256:TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    assertEquals("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", cipher.standardName());
  }

  @Rule("15.3")
  @Test
  void refusesClientsWithoutACommonSuite() {
    String[] names = TWO_OF_1_2.split(":", -1);
    ServerCapture server = bench().listen(server(ProtocolVersion.TLS_1_2, names[0]).build());
    Capture client =
        bench()
            .connect(
                server.port(), client(ProtocolVersion.TLS_1_2).context(c -> c.ciphers(names[1])));
    assertEquals(ErrorCode.ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE, client.awaitError().code());
    assertEquals(ErrorCode.ERR_SSL_NO_SHARED_CIPHER, server.nextClientError().error().code());
    assertEquals(0, server.secureConnections());
  }

  @Rule("15.4")
  @EachVersion
  @Requires(Capability.SERVER_CIPHER_ORDER)
  void serversOrderDecidesWhereItIsHonored(ProtocolVersion version) {
    ServerOptions server =
        server(version, two(version)).context(c -> c.honorCipherOrder(true)).build();
    assertEquals(firstOf(two(version)), agreed(server, version, turned(version)).name());
    ServerOptions other =
        server(version, turned(version)).context(c -> c.honorCipherOrder(true)).build();
    assertEquals(firstOf(turned(version)), agreed(other, version, two(version)).name());
  }

  @Rule("15.4")
  @EachVersion
  @Requires(Capability.CLIENT_CIPHER_ORDER)
  void clientsOrderDecidesOtherwise(ProtocolVersion version) {
    ServerOptions server =
        server(version, two(version)).context(c -> c.honorCipherOrder(false)).build();
    assertEquals(firstOf(turned(version)), agreed(server, version, turned(version)).name());
    assertEquals(firstOf(two(version)), agreed(server, version, two(version)).name());
  }

  @Rule("15.4")
  @Test
  void clientsOrderDecidesByDefault() {
    ServerOptions server = server(ProtocolVersion.TLS_1_2, TWO_OF_1_2).build();
    String turned = turned(ProtocolVersion.TLS_1_2);
    assertEquals(firstOf(turned), agreed(server, ProtocolVersion.TLS_1_2, turned).name());
  }

  @Rule("15.5")
  @Test
  void refusesAListThatLeavesNothing() {
    assertListRefused(ErrorCode.ERR_SSL_NO_CIPHER_MATCH, "no-such-suite");
    assertListRefused(ErrorCode.ERR_SSL_NO_CIPHER_MATCH, "ALL:!ALL");
    assertListRefused(ErrorCode.ERR_SSL_INVALID_COMMAND, "HIGH:@NOTHING");
  }

  private void assertListRefused(ErrorCode code, String list) {
    SecureContextOptions options =
        SecureContextOptions.builder().ciphers(list).maxVersion(ProtocolVersion.TLS_1_2).build();
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> tls().createSecureContext(options), list);
    assertEquals(code, refused.code(), list);
  }

  @Rule("15.6")
  @Test
  void listsItsCiphersSortedAndOnce() {
    List<String> names = tls().getCiphers();
    assertEquals(names.stream().sorted().distinct().toList(), names);
    assertFalse(names.isEmpty());
  }

  @Rule("15.6")
  @Test
  void everyCipherOfTls12ThatItListsCanBeAgreedOn() {
    assertListed(name -> !name.startsWith("TLS_"), ProtocolVersion.TLS_1_2);
  }

  @Rule("15.6")
  @Test
  @Requires(Capability.TLS_1_3_CIPHERS)
  void everyCipherOfTls13ThatItListsCanBeAgreedOn() {
    // Asked first, so that a provider that cannot choose refuses before anything was sent.
    tls().createSecureContext(SecureContextOptions.builder().ciphers(TWO_OF_1_3).build());
    assertListed(name -> name.startsWith("TLS_"), ProtocolVersion.TLS_1_3);
  }

  private void assertListed(Predicate<String> which, ProtocolVersion version) {
    List<String> names = tls().getCiphers().stream().filter(which).toList();
    assertFalse(names.isEmpty());
    assertAll(
        names.stream()
            .map(
                name ->
                    () -> {
                      KeyKind key = name.contains("ECDSA") ? KeyKind.EC_P256 : KeyKind.RSA_2048;
                      // Where FIPS is required, nothing is there that needs a lower level.
                      boolean approved = tls().fipsStatus().approved();
                      String list = approved ? name : name + ":@SECLEVEL=0";
                      ServerOptions.Builder server =
                          server(version, Identities.server(key)).context(c -> c.ciphers(list));
                      ConnectOptions.Builder client = client(version).context(c -> c.ciphers(list));
                      if (name.contains("PSK")) {
                        PskIdentity both = PskIdentity.of("client", new byte[32]);
                        server.pskCallback(
                            (socket, identity) ->
                                CompletableFuture.completedFuture(Optional.of(both.key())));
                        client.pskCallback(hint -> Optional.of(both));
                      }
                      assertEquals(name, agreed(server.build(), client).name());
                    }));
  }

  @Rule("15.7")
  @Test
  void seedsDefaultListIsAPolicy() {
    // Not as the kit is set up, which may require FIPS.
    Tls old =
        bench().keep(Tls.builder().provider(bench().kit().factory()).policy("node-0.12").build());
    List<String> present =
        SEEDS_TLS_1_2.stream().filter(name -> old.getCiphers().contains(name)).toList();
    assertEquals(
        "ECDHE-RSA-AES128-SHA256:AES128-GCM-SHA256:RC4:HIGH:!MD5:!aNULL:!EDH",
        old.defaultCiphers());
    assertFalse(present.isEmpty());
    ServerCapture server = bench().listen(old, server(Identities.server(KeyKind.RSA_2048)).build());
    for (String name : present) {
      Capture client =
          bench()
              .connect(
                  server.port(), client(ProtocolVersion.TLS_1_2).context(c -> c.ciphers(name)));
      assertEquals(name, client.awaitSecure().cipher().orElseThrow().name());
    }
  }

  @Rule("15.9")
  @Test
  void policyIsWhatAClientOffers() {
    byte[] moving = hello("default");
    byte[] dated = hello("20261130");
    assertEquals(HelloBytes.suites(moving), HelloBytes.suites(dated));
    for (int extension : OF_POLICIES) {
      assertEquals(HelloBytes.content(moving, extension), HelloBytes.content(dated, extension));
    }
    byte[] newest = hello("20261130_tls13");
    assertEquals("020304", HelloBytes.content(newest, HelloBytes.SUPPORTED_VERSIONS));
    assertEquals(
        List.of(),
        HelloBytes.suites(newest).stream().filter(suite -> suite >> 8 != TLS_1_3).toList());
  }

  /** What a client says first that sets a policy and nothing else. */
  private byte[] hello(String policy) {
    // Not as the kit is set up, which may require FIPS.
    Tls tls = bench().keep(Tls.builder().provider(bench().kit().factory()).policy(policy).build());
    SecurePair pair = tls.createSecurePair(SocketOptions.builder().build());
    Received sent = new Received();
    pair.encrypted().onData(sent::add);
    Patience.until(
        () -> sent.count() > 5 && sent.count() >= 5 + ByteBuffer.wrap(sent.bytes()).getShort(3),
        () -> "a hello with " + policy);
    pair.destroy();
    return sent.bytes();
  }

  @Rule("15.8")
  @Test
  void defaultListBelongsToOneTls() {
    String list = "ECDHE-ECDSA-AES256-GCM-SHA384";
    Tls strict = bench().tls(builder -> builder.defaultCiphers(list));
    assertEquals(list, strict.defaultCiphers());
    assertNotEquals(list, tls().defaultCiphers());
    ServerCapture server =
        bench().listen(server(ProtocolVersion.TLS_1_2, turned(ProtocolVersion.TLS_1_2)).build());
    Capture client = bench().connect(strict, server.port(), client(ProtocolVersion.TLS_1_2));
    assertEquals(list, client.awaitSecure().cipher().orElseThrow().name());
  }

  @Rule("15.8")
  @Test
  void refusesADefaultListThatSelectsNothing() {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () -> bench().kit().newTls().defaultCiphers("no-such-suite"));
    assertEquals(ErrorCode.ERR_SSL_NO_CIPHER_MATCH, refused.code());
  }
}
