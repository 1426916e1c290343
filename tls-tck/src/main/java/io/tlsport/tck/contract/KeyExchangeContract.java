package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.EphemeralKeyInfo;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.PostQuantum;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Declaring;
import io.tlsport.tck.fixture.DhGroups;
import io.tlsport.tck.fixture.HelloBytes;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench.Connection;
import io.tlsport.tck.fixture.Workbench.Joined;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How keys are exchanged and handshakes signed: groups, Diffie-Hellman, signature schemes. */
public abstract class KeyExchangeContract extends ProviderContract {
  private static final ProtocolVersion TLS_1_2 = ProtocolVersion.TLS_1_2;
  private static final ProtocolVersion TLS_1_3 = ProtocolVersion.TLS_1_3;
  private static final String DHE = "DHE-RSA-AES128-GCM-SHA256";

  private interface Change extends Consumer<SecureContextOptions.Builder> {}

  private static ServerOptions server(ProtocolVersion version, KeyKind key, Change change) {
    return server(version, Identities.server(key)).context(change).build();
  }

  private static ConnectOptions.Builder client(ProtocolVersion version, Change change) {
    return client(version).context(change);
  }

  private EphemeralKeyInfo exchanged(ServerOptions server, ConnectOptions.Builder client) {
    Connection connection = bench().connection(server, client);
    assertEquals(Optional.empty(), connection.server().socket().ephemeralKeyInfo());
    return connection.client().socket().ephemeralKeyInfo().orElseThrow();
  }

  private static EphemeralKeyInfo ecdh(String name, int size) {
    return new EphemeralKeyInfo(EphemeralKeyInfo.Type.ECDH, Optional.of(name), size);
  }

  private void assertNoConnection(ServerOptions server, ConnectOptions.Builder client) {
    ServerCapture listener = bench().listen(server);
    Capture refused = bench().connect(listener.port(), client);
    refused.awaitError();
    refused.awaitClose();
    listener.nextClientError();
    assertEquals(0, refused.count("secureConnect"));
    assertEquals(0, listener.secureConnections());
  }

  private void assertRefused(ErrorCode code, String named, Change change) {
    SecureContextOptions.Builder options = SecureContextOptions.builder();
    change.accept(options);
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> tls().createSecureContext(options.build()));
    assertEquals(code, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(named), refused::getMessage);
  }

  // --- groups

  @Rule("17.1")
  @EachVersion
  @Requires(Capability.NAMED_GROUPS)
  void serversOnlyCurveIsUsed(ProtocolVersion version) {
    ServerOptions server = server(version, KeyKind.RSA_2048, c -> c.ecdhCurve("secp384r1"));
    assertEquals(ecdh("secp384r1", 384), exchanged(server, client(version)));
  }

  @Rule("17.1")
  @EachVersion
  @Requires(Capability.NAMED_GROUPS)
  void serversOnlyCurveNeedNotBeThatOfItsCertificate(ProtocolVersion version) {
    TestIdentity identity = Identities.server(KeyKind.EC_P256);
    Change only384 = c -> c.ecdhCurve("secp384r1");
    ServerOptions server = server(version, identity).context(only384).build();
    SecureContextOptions.Builder context =
        SecureContextOptions.builder().key(identity.key()).cert(identity.chain());
    only384.accept(context.minVersion(version).maxVersion(version));
    try {
      bench().tls().createSecureContext(context.build());
    } catch (ConfigurationException refused) {
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("secp256r1"), message);
      assertTrue(message.contains(bench().tls().provider().name()), message);
      return;
    }
    assertEquals(ecdh("secp384r1", 384), exchanged(server, client(version)));
  }

  @Rule("17.1")
  @EachVersion
  @Requires(Capability.NAMED_GROUPS)
  void clientsOnlyCurveIsUsed(ProtocolVersion version) {
    ServerOptions server = server(version).build();
    assertEquals(
        ecdh("prime256v1", 256), exchanged(server, client(version, c -> c.ecdhCurve("P-256"))));
  }

  @Rule("17.2")
  @EachVersion
  @Requires(Capability.NAMED_GROUPS)
  void oneOfSeveralCurvesIsUsed(ProtocolVersion version) {
    EphemeralKeyInfo third = thirdCurve();
    String servers = third.name().orElseThrow() + ":prime256v1";
    String clients = "secp384r1:" + third.name().orElseThrow().toLowerCase(Locale.ROOT);
    ServerOptions server = server(version, KeyKind.RSA_2048, c -> c.ecdhCurve(servers));
    assertEquals(
        ecdh("prime256v1", 256),
        exchanged(server, client(version, c -> c.ecdhCurve("secp384r1:P-256"))));
    assertEquals(third, exchanged(server, client(version, c -> c.ecdhCurve(clients))));
  }

  /** An engine that is limited to what FIPS approves has no X25519. */
  private EphemeralKeyInfo thirdCurve() {
    try {
      tls().createSecureContext(SecureContextOptions.builder().ecdhCurve("X25519").build());
      return ecdh("X25519", 253);
    } catch (ConfigurationException noSuchGroup) {
      return ecdh("secp521r1", 521);
    }
  }

  @Rule("17.2")
  @EachVersion
  @Requires(Capability.NAMED_GROUPS)
  void clientOffersTheCurvesThatItNames(ProtocolVersion version) {
    var joined =
        bench()
            .pairs(
                clientPair(version).context(c -> c.ecdhCurve("secp384r1:P-256")).build(),
                serverPair(version).build());
    Wire wire = joined.join();
    joined.client().awaitSecure();
    List<Integer> offered =
        HelloBytes.list(wire.sentByFirst().bytes(), HelloBytes.SUPPORTED_GROUPS);
    assertEquals(List.of(23, 24), offered.stream().sorted().toList());
  }

  @Rule("17.3")
  @EachVersion
  @Requires(Capability.NAMED_GROUPS)
  void refusesClientsWithoutACommonCurve(ProtocolVersion version) {
    assertNoConnection(
        server(version, KeyKind.RSA_2048, c -> c.ecdhCurve("secp384r1")),
        client(version, c -> c.ecdhCurve("prime256v1")));
  }

  @Rule("17.4")
  @Test
  @Requires(Capability.NAMED_GROUPS)
  void refusesACurveThatTheEngineLacks() {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE, "no-such-curve", c -> c.ecdhCurve("no-such-curve"));
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, "P-257", c -> c.ecdhCurve("prime256v1:P-257"));
  }

  @Rule("17.5")
  @EachVersion
  @Requires(Capability.NAMED_GROUPS)
  void autoIsWhatTheEngineWouldUse(ProtocolVersion version) {
    // With requireFips() the policy is another one.
    assertEquals(
        tls().fipsStatus().approved() ? "secp256r1:secp384r1" : "auto", tls().defaultEcdhCurve());
    Tls one = bench().tls(builder -> builder.defaultEcdhCurve("secp256r1"));
    assertEquals("secp256r1", one.defaultEcdhCurve());
    ServerCapture server =
        bench().listen(server(version, KeyKind.RSA_2048, c -> c.ecdhCurve("secp384r1")));
    // That default would offer one curve only, and not this one.
    Capture auto = bench().connect(one, server.port(), client(version, c -> c.ecdhCurve("auto")));
    assertEquals(Optional.of(ecdh("secp384r1", 384)), auto.awaitSecure().ephemeralKeyInfo());
  }

  @Rule("17.5")
  @EachVersion
  @Requires(Capability.NAMED_GROUPS)
  void defaultCurveBelongsToOneTls(ProtocolVersion version) {
    Tls other = bench().tls(builder -> builder.defaultEcdhCurve("secp384r1"));
    assertEquals("secp384r1", other.defaultEcdhCurve());
    ServerCapture server =
        bench().listen(server(version, Identities.server(KeyKind.RSA_2048)).build());
    Capture client = bench().connect(other, server.port(), client(version));
    assertEquals(Optional.of(ecdh("secp384r1", 384)), client.awaitSecure().ephemeralKeyInfo());
  }

  @Rule("17.6")
  @Test
  @Requires(Capability.POST_QUANTUM_GROUPS)
  void hybridGroupIsUsed() {
    EphemeralKeyInfo key =
        exchanged(
            server(TLS_1_3, KeyKind.RSA_2048, c -> c.ecdhCurve("X25519MLKEM768")),
            client(TLS_1_3, c -> c.ecdhCurve("X25519MLKEM768:X25519")));
    assertEquals(EphemeralKeyInfo.Type.HYBRID, key.type());
    assertEquals(Optional.of("X25519MLKEM768"), key.name());
  }

  @Rule("17.17")
  @Test
  @Requires(Capability.POST_QUANTUM_GROUPS)
  void hybridGroupThatIsRequiredIsUsedOrThereIsNoConnection() {
    ServerOptions requiring =
        server(Identities.server(KeyKind.RSA_2048))
            .context(c -> c.postQuantum(PostQuantum.REQUIRE))
            .build();
    ConnectOptions.Builder common = client(TLS_1_3, c -> c.ecdhCurve("X25519MLKEM768:X25519"));
    assertEquals(EphemeralKeyInfo.Type.HYBRID, exchanged(requiring, common).type());
    assertNoConnection(requiring, client(TLS_1_3, c -> c.ecdhCurve("X25519")));
    assertNoConnection(requiring, client(TLS_1_2, c -> {}));
    ConnectOptions.Builder demanding = client(TLS_1_3, c -> c.postQuantum(PostQuantum.REQUIRE));
    assertEquals(EphemeralKeyInfo.Type.HYBRID, exchanged(requiring, demanding).type());
    assertNoConnection(
        server(TLS_1_3, KeyKind.RSA_2048, c -> c.ecdhCurve("prime256v1")), demanding);
  }

  @Rule("17.18")
  @EachVersion
  void hybridGroupThatIsPreferredIsUsedWhereBothSidesHaveOne(ProtocolVersion version) {
    ServerOptions preferring =
        server(Identities.server()).context(c -> c.postQuantum(PostQuantum.PREFER)).build();
    ConnectOptions.Builder client = client(version, c -> c.postQuantum(PostQuantum.PREFER));
    boolean hybrid =
        version == TLS_1_3 && tls().capabilities().supports(Capability.POST_QUANTUM_GROUPS);
    assertEquals(
        hybrid ? EphemeralKeyInfo.Type.HYBRID : EphemeralKeyInfo.Type.ECDH,
        exchanged(preferring, client).type());
    assertEquals(
        EphemeralKeyInfo.Type.ECDH,
        exchanged(preferring, client(version, c -> c.ecdhCurve("prime256v1"))).type());
    assertEquals(
        EphemeralKeyInfo.Type.ECDH,
        exchanged(server(version, KeyKind.RSA_2048, c -> c.ecdhCurve("prime256v1")), client)
            .type());
  }

  // --- without ECDH

  @Rule("17.7")
  @Test
  void withoutEcdhAClientThatHasNothingElseIsRefused() {
    ServerOptions server =
        server(TLS_1_2, KeyKind.RSA_2048, c -> c.ciphers("HIGH:!aNULL").disableEcdh());
    assertNoConnection(server, client(TLS_1_2, c -> c.ciphers("ECDHE")));
    Capture other =
        bench()
            .connect(bench().listen(server).port(), client(TLS_1_2, c -> c.ciphers("HIGH:!aNULL")));
    assertFalse(other.awaitSecure().cipher().orElseThrow().name().startsWith("ECDHE"));
  }

  @Rule("17.7")
  @Test
  @Requires(Capability.DHE)
  void withoutEcdhTls13UsesAFiniteField() {
    ServerOptions server = server(TLS_1_3, KeyKind.RSA_2048, c -> c.disableEcdh());
    assertEquals(
        EphemeralKeyInfo.Type.DH, exchanged(server, client(TLS_1_3, c -> c.disableEcdh())).type());
    assertNoConnection(server, client(TLS_1_3, c -> c.ecdhCurve("prime256v1")));
  }

  // --- finite fields

  /** Asked first, so that a provider without it refuses before anything else happens. */
  private void askForDhe() {
    tls().createSecureContext(SecureContextOptions.builder().dhparamAuto().build());
  }

  @Rule("17.8")
  @Test
  @Requires(Capability.DHE)
  void suiteOfDheIsUsed() {
    askForDhe();
    Connection connection =
        bench()
            .connection(
                server(TLS_1_2, KeyKind.RSA_2048, c -> c.ciphers(DHE)),
                client(TLS_1_2, c -> c.ciphers(DHE)));
    assertEquals(DHE, connection.client().socket().cipher().orElseThrow().name());
    EphemeralKeyInfo key = connection.client().socket().ephemeralKeyInfo().orElseThrow();
    assertEquals(EphemeralKeyInfo.Type.DH, key.type());
    assertTrue(key.size() >= 2048, key::toString);
  }

  @Rule("17.8")
  @Test
  @Requires(Capability.DHE)
  void suiteOfDheIsUsedBesideACurve() {
    askForDhe();
    EphemeralKeyInfo key =
        exchanged(
            server(TLS_1_2, KeyKind.RSA_2048, c -> c.ciphers(DHE).ecdhCurve("prime256v1")),
            client(TLS_1_2, c -> c.ciphers(DHE).ecdhCurve("prime256v1")));
    assertEquals(EphemeralKeyInfo.Type.DH, key.type());
  }

  @Rule("17.9")
  @Test
  @Requires(Capability.DHE)
  void parametersDecideTheSize() {
    ServerOptions server =
        server(TLS_1_2, KeyKind.RSA_2048, c -> c.ciphers(DHE).dhparam(DhGroups.ffdhe3072()));
    assertEquals(3072, exchanged(server, client(TLS_1_2, c -> c.ciphers(DHE))).size());
  }

  @Rule("17.9")
  @Test
  @Requires(Capability.DHE)
  void autoFollowsTheKey() {
    ServerOptions server = server(TLS_1_2, KeyKind.RSA_2048, c -> c.ciphers(DHE).dhparamAuto());
    assertEquals(2048, exchanged(server, client(TLS_1_2, c -> c.ciphers(DHE))).size());
  }

  @Rule("17.10")
  @Test
  @Requires(Capability.DH_PARAMETERS)
  void otherParametersAreUsed() {
    demand(Capability.DH_PARAMETERS);
    Joined joined =
        bench()
            .pairs(
                clientPair(TLS_1_2).context(c -> c.ciphers(DHE)).build(),
                serverPair(TLS_1_2)
                    .context(c -> c.ciphers(DHE).dhparam(DhGroups.modp2048()))
                    .context(
                        c ->
                            c.key(Identities.server(KeyKind.RSA_2048).key())
                                .cert(Identities.server(KeyKind.RSA_2048).chain()))
                    .build());
    Wire wire = joined.join();
    joined.client().awaitSecure();
    assertEquals(
        Optional.of(new EphemeralKeyInfo(EphemeralKeyInfo.Type.DH, Optional.empty(), 2048)),
        joined.client().socket().ephemeralKeyInfo());
    // An engine that takes a group of its own takes one of that size too.
    String sent = HexFormat.of().formatHex(wire.sentBySecond().bytes());
    assertTrue(sent.contains(DhGroups.prime(DhGroups.modp2048())), "the prime is on the wire");
  }

  @Rule("17.10")
  @Test
  void otherParametersAreRefusedByNameWhereTheyCannotBeUsed() {
    boolean exchanges = tls().capabilities().supports(Capability.DHE);
    Capability missing = exchanges ? Capability.DH_PARAMETERS : Capability.DHE;
    Tls without =
        bench()
            .tls(builder -> builder.provider(Declaring.without(bench().kit().factory(), missing)));
    UnsupportedFeatureException refused =
        assertThrows(
            UnsupportedFeatureException.class,
            () ->
                without.createServer(
                    server(
                        TLS_1_2,
                        KeyKind.RSA_2048,
                        c -> c.ciphers(DHE).dhparam(DhGroups.modp2048()))));
    assertEquals(missing, refused.capability());
  }

  @Rule("17.10")
  @Test
  @Requires(Capability.DHE)
  void refusesParametersThatAreNone() {
    askForDhe();
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_NO_START_LINE, "dhparam", c -> c.dhparam(Pem.of("parameters")));
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, "1536", c -> c.dhparam(DhGroups.modp1536()));
  }

  @Rule("17.11")
  @Test
  @Requires(Capability.DHE)
  void clientRefusesParametersThatAreTooSmall() {
    askForDhe();
    ServerOptions server = server(TLS_1_2, KeyKind.RSA_2048, c -> c.ciphers(DHE).dhparamAuto());
    assertTooSmall(server, client(TLS_1_2, c -> c.ciphers(DHE)));
  }

  @Rule("17.11")
  @Test
  @Requires(Capability.DHE)
  void clientRefusesAFiniteFieldOfTls13ThatIsTooSmall() {
    ServerOptions server = server(TLS_1_3, KeyKind.RSA_2048, c -> c.disableEcdh());
    assertTooSmall(server, client(TLS_1_3, c -> c.ecdhCurve("ffdhe2048")));
  }

  private void assertTooSmall(ServerOptions options, ConnectOptions.Builder client) {
    ServerCapture server = bench().listen(options);
    Capture refused = bench().connect(server.port(), client.minDhSize(2049));
    assertEquals(ErrorCode.ERR_TLS_DH_PARAM_SIZE, refused.awaitError().code());
    server.nextClientError();
    assertEquals(0, server.secureConnections());
    assertEquals(0, refused.count("secureConnect"));
  }

  // --- signatures

  /** The order of the client is that of its hello: not every engine keeps what it was given. */
  @Rule("17.16")
  @EachVersion
  @Requires(Capability.SIGNATURE_SCHEMES)
  void serverTellsTheSchemesThatBothHave(ProtocolVersion version) {
    Map<Integer, String> words =
        Map.of(0x0401, "RSA+SHA256", 0x0403, "ECDSA+SHA256", 0x0806, "RSA-PSS+SHA512");
    List<Integer> ordered = List.of(0x0806, 0x0403, 0x0401);
    Change ours = c -> c.sigalgs("rsa_pss_rsae_sha512:ECDSA+SHA256:RSA+SHA256:ECDSA+SHA384");
    for (boolean ourOrder : new boolean[] {false, true}) {
      Change server = c -> ours.accept(c.honorCipherOrder(ourOrder));
      var joined =
          bench()
              .pairs(
                  clientPair(version)
                      .context(c -> c.sigalgs("RSA+SHA256:RSA+SHA384:ECDSA+SHA256:PSS+SHA512"))
                      .build(),
                  serverPair(version).context(server).build());
      Wire wire = joined.join();
      joined.client().awaitSecure();
      joined.server().awaitSecure();
      List<Integer> offered =
          HelloBytes.list(wire.sentByFirst().bytes(), HelloBytes.SIGNATURE_ALGORITHMS);
      assertEquals(
          (ourOrder
                  ? ordered.stream().filter(offered::contains)
                  : offered.stream().filter(words::containsKey))
              .map(words::get)
              .toList(),
          joined.server().socket().sharedSigalgs());
      assertEquals(List.of(), joined.client().socket().sharedSigalgs());
    }
  }

  @Rule("17.16")
  @EachVersion
  void serverTellsTheSchemesThatEnginesShare(ProtocolVersion version) {
    Connection connection =
        bench().connection(server(version, Identities.server()).build(), client(version));
    List<String> shared = connection.server().socket().sharedSigalgs();
    assertTrue(shared.containsAll(List.of("ECDSA+SHA256", "RSA-PSS+SHA256")), shared::toString);
    // A client that has TLS 1.3 alone need not offer what signs certificates only.
    assertTrue(
        version == ProtocolVersion.TLS_1_3 || shared.contains("RSA+SHA256"), shared::toString);
    assertEquals(List.of(), connection.client().socket().sharedSigalgs());
  }

  @Rule("17.12")
  @EachVersion
  @Requires(Capability.SIGNATURE_SCHEMES)
  void clientOffersTheSchemesThatItNames(ProtocolVersion version) {
    var joined =
        bench()
            .pairs(
                clientPair(version)
                    .context(c -> c.sigalgs("ECDSA+SHA256:rsa_pss_rsae_sha512"))
                    .build(),
                serverPair(version).build());
    Wire wire = joined.join();
    joined.client().awaitSecure();
    List<Integer> offered =
        HelloBytes.list(wire.sentByFirst().bytes(), HelloBytes.SIGNATURE_ALGORITHMS);
    assertEquals(List.of(0x0403, 0x0806), offered.stream().sorted().toList());
  }

  @Rule("17.13")
  @EachVersion
  @Requires(Capability.SIGNATURE_SCHEMES)
  void schemesMustMeet(ProtocolVersion version) {
    ServerOptions server = server(version, KeyKind.RSA_2048, c -> c.sigalgs("rsa_pss_rsae_sha256"));
    assertNoConnection(server, client(version, c -> c.sigalgs("rsa_pss_rsae_sha512")));
    bench()
        .connect(
            bench().listen(server).port(),
            client(version, c -> c.sigalgs("rsa_pss_rsae_sha512:rsa_pss_rsae_sha256")))
        .awaitSecure();
  }

  @Rule("17.13")
  @EachVersion
  @Requires(Capability.SIGNATURE_SCHEMES)
  void serverShowsTheIdentityThatItMaySignWith(ProtocolVersion version) {
    var rsa = Identities.server(KeyKind.RSA_2048);
    ServerOptions server =
        server(version)
            .context(c -> c.key(rsa.key()).cert(rsa.chain()).sigalgs("rsa_pss_rsae_sha256"))
            .build();
    Connection connection = bench().connection(server, client(version));
    assertEquals(
        "RSA",
        connection
            .client()
            .socket()
            .peerCertificate()
            .orElseThrow()
            .x509()
            .getPublicKey()
            .getAlgorithm());
  }

  @Rule("17.14")
  @Test
  @Requires(Capability.SIGNATURE_SCHEMES)
  void refusesSchemesThatAreNone() {
    tls().createSecureContext(SecureContextOptions.builder().sigalgs("RSA+SHA256").build());
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, "RSA+MD4", c -> c.sigalgs("RSA+MD4"));
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE, "no-scheme", c -> c.sigalgs("ed25519:no-scheme"));
  }
}
