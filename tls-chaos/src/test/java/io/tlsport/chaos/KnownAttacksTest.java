package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Blame;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.PeerCertificate;
import io.tlsport.Pem;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Mutation;
import io.tlsport.tck.fixture.Patience;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attacks that were published against others, where no row has them: each by its CVE. */
@Timeout(120)
class KnownAttacksTest {
  private static final List<ProtocolVersion> VERSIONS =
      Arrays.asList(ProtocolVersion.TLSv12, ProtocolVersion.TLSv13);

  /**
   * How long a peer may keep a side busy: 2 s, and more on a machine that does other things too.
   */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** What a key looks like, whoever could use it. */
  @SuppressWarnings({"ArrayRecordComponent", "serial"}) // never compared, never written
  private record RawKey(String algorithm, byte[] encoded) implements PublicKey {
    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return encoded.clone();
    }
  }

  private static byte[] certificate(byte[] publicKey) {
    KeyPair keys = new KeyPair(new RawKey("raw", publicKey), Keys.ec("raw").getPrivate());
    return CertificateMaker.of("CN=raw", keys).hosts("localhost").der();
  }

  // --- certificates that cost much

  /**
   * A key on a curve that the certificate describes itself: over the numbers modulo 697, which is
   * no prime, with points that are compressed, so that whoever reads them takes a square root.
   */
  private static byte[] primeCurve() {
    byte[] field = Der.sequence(Der.oid("1.2.840.10045.1.1"), Der.integer(697));
    byte[] curve =
        Der.sequence(Der.octets(new byte[] {0, 0}), Der.octets(new byte[] {2, (byte) 184}));
    return key(field, curve, new byte[] {2, 0, 0}, Der.integer(701));
  }

  /** The same over a binary field of many bits. */
  private static byte[] binaryCurve(int bits) {
    byte[] field =
        Der.sequence(
            Der.oid("1.2.840.10045.1.2"),
            Der.sequence(Der.integer(bits), Der.oid("1.2.840.10045.1.2.3.2"), Der.integer(1)));
    byte[] one = new byte[(bits + 7) / 8 > 8192 ? 32 : (bits + 7) / 8];
    one[one.length - 1] = 1;
    byte[] point = new byte[one.length + 1];
    point[0] = 2;
    point[point.length - 1] = 1;
    return key(
        field,
        Der.sequence(Der.octets(one), Der.octets(one)),
        point,
        Der.integer(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)));
  }

  private static byte[] key(byte[] field, byte[] curve, byte[] point, byte[] order) {
    byte[] parameters =
        Der.sequence(Der.integer(1), field, curve, Der.octets(point), order, Der.integer(1));
    return Der.sequence(Der.sequence(Der.oid("1.2.840.10045.2.1"), parameters), Der.bits(point));
  }

  /** Attackers compute, too, on a machine that may be busy. */
  private static Victim patient(String provider) {
    return Victim.of(provider, options -> options.handshakeTimeout(Duration.ofMinutes(1)));
  }

  private static Victim asking(String provider, boolean reject) {
    return Victim.of(
        provider,
        options ->
            options
                .requestCert(true)
                .rejectUnauthorized(reject)
                .handshakeTimeout(Duration.ofMinutes(1)));
  }

  /** A server refuses a client that proves itself so, in good time and by its fault. */
  private static void refusesClient(
      String provider,
      ProtocolVersion version,
      RawCredentials shown,
      TlsAttacker.Omission omission,
      boolean reject) {
    try (Victim victim = asking(provider, reject)) {
      long began = System.nanoTime();
      TlsAttacker.untilCut(
          () -> {
            try (TlsAttacker attacker =
                TlsAttacker.showing(victim.port(), version, shown, omission)) {
              attacker.awaitEnd();
            }
          });
      refusedFor(victim);
      inTime(began);
      victim.isFreeAfter();
    }
  }

  /** By the server's verdict, and not because the attacker has given up. */
  private static void refusedFor(Victim victim) {
    TlsException error = victim.failedByPeers(1).get(0);
    assertNotEquals(ErrorCode.ECONNRESET, error.code(), error::toString);
  }

  private static void inTime(long began) {
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(LONGEST) < 0, () -> "refused after " + took);
  }

  /** And a client a server. */
  private static void refusesServer(String provider, ProtocolVersion version, RawCredentials shown)
      throws IOException {
    try (HostileServer server = HostileServer.of(shown, version, HostileServer.Protocol::awaitEnd);
        Tls tls = Tls.builder().provider(provider).build()) {
      long began = System.nanoTime();
      TlsException error =
          Outcome.of(tls, to(server.port()).rejectUnauthorized(false), socket -> {}).failed();
      assertEquals(Blame.PEER, error.blame(), error::toString);
      inTime(began);
    }
  }

  private static ConnectOptions.Builder to(int port, Pem ca) {
    return ConnectOptions.builder()
        .host("127.0.0.1")
        .port(port)
        .servername("localhost")
        .handshakeTimeout(Duration.ofMinutes(1))
        .context(context -> context.ca(ca));
  }

  private static ConnectOptions.Builder to(int port) {
    return to(port, Identities.ca());
  }

  /** What became of a connection: all that it told when it has closed. */
  private record Outcome(boolean secure, List<TlsException> errors) {
    static Outcome of(Tls tls, ConnectOptions.Builder options, Consumer<TLSSocket> whenSecure) {
      List<TlsException> errors = new CopyOnWriteArrayList<>();
      CompletableFuture<Void> closed = new CompletableFuture<>();
      CompletableFuture<Boolean> secure = new CompletableFuture<>();
      TLSSocket socket = tls.connect(options.build());
      socket.onError(errors::add);
      socket.onSecureConnect(
          () -> {
            try {
              whenSecure.accept(socket);
              secure.complete(true);
            } catch (RuntimeException | Error thrown) {
              secure.completeExceptionally(thrown);
            }
            socket.destroy();
          });
      socket.onClose(
          () -> {
            secure.complete(false);
            closed.complete(null);
          });
      Patience.await(closed, "the end of the connection");
      return new Outcome(Patience.await(secure, "what was done with it"), errors);
    }

    TlsException failed() {
      assertEquals(1, errors.size(), errors::toString);
      assertTrue(!secure, "it was secure");
      return errors.get(0);
    }
  }

  /** CVE-2022-0778, CVE-2024-29857. */
  @EachProvider
  void cve2022_0778_curvesThatACertificateDescribesAreRefused(String provider) throws IOException {
    for (byte[] key : Arrays.asList(primeCurve(), binaryCurve(571), binaryCurve(100_000_000))) {
      RawCredentials shown = RawCredentials.of(certificate(key));
      for (ProtocolVersion version : VERSIONS) {
        for (boolean reject : new boolean[] {true, false}) {
          refusesClient(provider, version, shown, TlsAttacker.Omission.NOTHING, reject);
        }
        refusesServer(provider, version, shown);
      }
    }
  }

  /** Identifiers of many bytes take time that is their length's square, if they are shown. */
  private static byte[] longIdentifier(int bytes) {
    byte[] arcs = new byte[bytes];
    Arrays.fill(arcs, (byte) 0xff);
    arcs[0] = 0x2a;
    arcs[bytes - 1] = 0x7f;
    return CertificateMaker.leaf("CN=localhost")
        .hosts("localhost")
        .extension("2.5.29.37", false, Der.sequence(Der.tagged(6, arcs)))
        .der();
  }

  /** CVE-2025-8885: as long as the limit of a chain allows, and longer. */
  @EachProvider
  void cve2025_8885_longIdentifiersAreRefusedInTime(String provider) throws IOException {
    for (int bytes : new int[] {100 << 10, 1 << 20}) {
      RawCredentials shown = RawCredentials.of(longIdentifier(bytes));
      for (ProtocolVersion version : VERSIONS) {
        for (boolean reject : new boolean[] {true, false}) {
          refusesClient(provider, version, shown, TlsAttacker.Omission.NOTHING, reject);
        }
        refusesServer(provider, version, shown);
      }
    }
  }

  /** CVE-2025-8916, CVE-2023-33202: files that announce, or have, more than there is memory for. */
  @Test
  void cve2023_33202_filesOfAnySizeAreReadOrRefusedInLittleMemory(@TempDir Path folder)
      throws Exception {
    Path told = folder.resolve("told.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CredentialsTarget.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
      assertEquals(0, process.exitValue(), () -> text(told));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** Points of small order, and numbers at and beyond the order of the group. */
  private static List<byte[]> oddSignatures() {
    byte[] order =
        HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    byte[] below = order.clone();
    below[0]--;
    byte[] one = new byte[32];
    one[0] = 1;
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    byte[] eighth =
        HexFormat.of().parseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    List<byte[]> halves = Arrays.asList(new byte[32], one, order, below, ones, eighth);
    return halves.stream()
        .flatMap(r -> halves.stream().map(s -> Mutation.join(List.of(r, s))))
        .toList();
  }

  private static byte[] ed25519(byte[] point) {
    return Der.sequence(Der.sequence(Der.oid("1.3.101.112")), Der.bits(point));
  }

  /** CVE-2024-30172: a verification without end. */
  @EachProvider
  void cve2024_30172_oddSignaturesOfEd25519EndInTime(String provider) throws IOException {
    byte[] one = new byte[32];
    one[0] = 1;
    byte[] honest = Keys.ed25519("odd").getPublic().getEncoded();
    int turn = 0;
    for (byte[] signature : oddSignatures()) {
      byte[] key = turn % 3 == 0 ? honest : ed25519(turn % 3 == 1 ? one : new byte[32]);
      RawCredentials shown = RawCredentials.ed25519(certificate(key), content -> signature);
      if (turn % 2 == 0) {
        decidesOnClient(provider, shown);
      } else {
        decidesOnServer(provider, shown);
      }
      turn++;
    }
  }

  /** A key that anybody can sign with is no key that anybody trusts; what counts is the time. */
  private static void decidesOnClient(String provider, RawCredentials shown) {
    try (Victim victim = asking(provider, false)) {
      long began = System.nanoTime();
      TlsAttacker.untilCut(
          () -> {
            try (TlsAttacker attacker =
                TlsAttacker.showing(
                    victim.port(), ProtocolVersion.TLSv13, shown, TlsAttacker.Omission.NOTHING)) {
              attacker.write((byte) 'x');
              attacker.read(1);
            }
          });
      inTime(began);
      victim.isFreeAfter();
    }
  }

  private static void decidesOnServer(String provider, RawCredentials shown) throws IOException {
    try (HostileServer server =
            HostileServer.of(shown, ProtocolVersion.TLSv13, HostileServer.Protocol::awaitEnd);
        Tls tls = Tls.builder().provider(provider).build()) {
      long began = System.nanoTime();
      Outcome outcome = Outcome.of(tls, to(server.port()).rejectUnauthorized(false), socket -> {});
      inTime(began);
      for (TlsException error : outcome.errors()) {
        assertEquals(Blame.PEER, error.blame(), error::toString);
      }
    }
  }

  // --- proofs that are left out

  private static RawCredentials friend() {
    Made client = CertificateMaker.leaf("CN=a client").make();
    return RawCredentials.of(client, UnaryOperator.identity());
  }

  /** What is refused below is refused for what it lacks. */
  @EachProvider
  void aClientThatProvesItselfIsLetIn(String provider) throws IOException {
    for (ProtocolVersion version : VERSIONS) {
      letIn(provider, version, friend());
    }
    Made odd = CertificateMaker.of("CN=a client", Keys.ed25519("odd")).make();
    // Conscrypt has no Ed25519.
    if (!provider.equals("conscrypt")) {
      letIn(
          provider,
          ProtocolVersion.TLSv13,
          RawCredentials.ed25519(encoded(odd), content -> signed(odd, content)));
    }
  }

  private static void letIn(String provider, ProtocolVersion version, RawCredentials shown)
      throws IOException {
    try (Victim victim = asking(provider, false);
        TlsAttacker client =
            TlsAttacker.showing(victim.port(), version, shown, TlsAttacker.Omission.NOTHING)) {
      client.write((byte) 'x');
      assertEquals('x', client.read(1)[0]);
      victim.isFreeAfter(client);
    }
  }

  private static byte[] encoded(Made made) {
    try {
      return made.certificate().getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] signed(Made made, byte[] content) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(made.keys().getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** CVE-2020-2655: a client that is asked for a certificate and goes on as if it was not. */
  @EachProvider
  void cve2020_2655_aClientThatLeavesOutItsProofIsRefused(String provider) {
    for (ProtocolVersion version : VERSIONS) {
      for (TlsAttacker.Omission omission :
          List.of(
              TlsAttacker.Omission.CERTIFICATE_VERIFY,
              TlsAttacker.Omission.CERTIFICATE_AND_VERIFY)) {
        // Also by a server that would let anybody in: a proof that is missing is nobody's.
        for (boolean reject : new boolean[] {true, false}) {
          refusesClient(provider, version, friend(), omission, reject);
        }
      }
    }
  }

  // --- what is shown of certificates

  private static void readAll(PeerCertificate shown) {
    assertNotEquals("", shown.serialNumber());
    assertNotEquals("", shown.validFrom());
    assertNotEquals("", shown.validTo());
    assertNotEquals("", shown.fingerprint());
    assertNotEquals("", shown.fingerprint256());
    assertNotEquals("", shown.fingerprint512());
    assertNotEquals("", shown.toString());
    assertEquals(shown.subject(), shown.subject());
    assertEquals(shown.issuer(), shown.issuer());
    assertEquals(shown.subjectaltname(), shown.subjectaltname());
    assertEquals(shown.infoAccess(), shown.infoAccess());
    assertEquals(shown.extKeyUsage(), shown.extKeyUsage());
    assertEquals(shown.ca(), shown.ca());
    assertEquals(shown.bits(), shown.bits());
    assertEquals(shown.pubkey().isPresent(), shown.pubkey().isPresent());
    assertEquals(shown.modulus(), shown.modulus());
    assertEquals(shown.exponent(), shown.exponent());
    assertEquals(shown.asn1Curve(), shown.asn1Curve());
    assertEquals(shown.nistCurve(), shown.nistCurve());
    assertEquals(shown.issuerCertificate().isPresent(), shown.issuerCertificate().isPresent());
  }

  /** CVE-2019-15604, CVE-2023-30588: a certificate that is no good ended the process. */
  @EachProvider
  void cve2019_15604_damagedCertificatesAreShownOrRefused(String provider) throws Exception {
    Made whole =
        CertificateMaker.of("CN=localhost,O=\u00e9", Keys.ec("damaged"))
            .hosts("localhost", "*.example.com")
            .extendedKeyUsage("1.3.6.1.5.5.7.3.1")
            .extension("1.3.6.1.5.5.7.1.1", false, Der.sequence())
            .keyUsage(0)
            .keyIdentifiers()
            .make();
    byte[] der = whole.certificate().getEncoded();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int seen = 0;
    try (Tls tls = Tls.builder().provider(provider).build()) {
      for (int i = 0; i < 200; i++) {
        byte[] damaged = der.clone();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
          damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt(256);
        }
        RawCredentials shown =
            new RawCredentials(
                damaged,
                whole.keys(),
                RawCredentials.of(whole, UnaryOperator.identity()).algorithm(),
                UnaryOperator.identity());
        try (HostileServer server =
            HostileServer.of(shown, VERSIONS.get(i % 2), HostileServer.Protocol::awaitEnd)) {
          Outcome outcome =
              Outcome.of(
                  tls,
                  to(server.port()).rejectUnauthorized(false),
                  socket -> readAll(socket.peerCertificate().orElseThrow()));
          for (TlsException error : outcome.errors()) {
            assertNotEquals(
                ErrorCode.ERR_PROVIDER_FAILURE,
                error.code(),
                () -> stack(error) + "seed " + seed + ": " + HexFormat.of().formatHex(damaged));
          }
          seen += outcome.secure() ? 1 : 0;
        }
      }
    }
    assertTrue(seen > 0, "none was read, seed " + seed);
  }

  private static String stack(Throwable thrown) {
    java.io.StringWriter out = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(out));
    return out.toString();
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** CVE-2025-59464: each look at a certificate cost memory for ever. */
  @EachProvider
  void cve2025_59464_aHundredThousandLooksAtACertificateCostNothing(String provider) {
    try (Victim victim = patient(provider)) {
      Outcome outcome =
          Outcome.of(
              victim.tls(),
              to(victim.port()),
              socket -> {
                look(socket, 1_000);
                long before = used();
                look(socket, 100_000);
                long grown = used() - before;
                assertTrue(grown < 8L << 20, () -> "grown by " + grown + " bytes");
              });
      assertTrue(outcome.secure(), () -> outcome.errors().toString());
    }
  }

  private static void look(TLSSocket socket, int times) {
    for (int i = 0; i < times; i++) {
      PeerCertificate shown = socket.peerCertificate().orElseThrow();
      assertTrue(shown.pubkey().isPresent());
      assertEquals("localhost", shown.subject().first("CN").orElse("localhost"));
    }
  }

  // --- who is let in

  /** CVE-2021-22939: what is not said is not no. */
  @EachProvider
  void cve2021_22939_onlyFalseLetsStrangersIn(String provider) {
    Map<String, Consumer<ConnectOptions.Builder>> said =
        Map.of(
            "nothing", options -> {},
            "true", options -> options.rejectUnauthorized(true),
            "false", options -> options.rejectUnauthorized(false),
            "false, then true",
                options -> options.rejectUnauthorized(false).rejectUnauthorized(true));
    said.forEach(
        (what, how) -> {
          try (Victim victim = patient(provider)) {
            ConnectOptions.Builder options = to(victim.port(), Identities.stranger().certificate());
            how.accept(options);
            Outcome outcome =
                Outcome.of(victim.tls(), options, socket -> assertTrue(!socket.authorized(), what));
            assertEquals(what.equals("false"), outcome.secure(), what);
          }
        });
  }

  /** CVE-2024-34447: the name that was checked came from the resolver. */
  @EachProvider
  void cve2024_34447_whatTheResolverCallsAnAddressIsNoName(String provider) {
    Made ca = CertificateMaker.authority("CN=an authority").make();
    Made host = CertificateMaker.leaf("CN=localhost").hosts("localhost").issuer(ca).make();
    for (String asked : List.of("other.example", "127.0.0.1")) {
      Outcome outcome =
          served(
              provider,
              host,
              port ->
                  ConnectOptions.builder()
                      .host(asked)
                      .port(port)
                      .lookup(name -> CompletableFuture.completedFuture(List.of(calledLocalhost())))
                      .context(context -> context.ca(Pem.of(ca.pem()))));
      assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, outcome.failed().code());
    }
  }

  private static InetAddress calledLocalhost() {
    try {
      return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** What becomes of a client of a server with that certificate. */
  private static Outcome served(
      String provider, Made host, Function<Integer, ConnectOptions.Builder> options) {
    try (Tls tls = Tls.builder().provider(provider).build();
        Server server =
            tls.createServer(
                ServerOptions.builder()
                    .context(context -> context.key(Pem.of(host.keyPem())).cert(Pem.of(host.pem())))
                    .build(),
                socket -> socket.onError(error -> {}))) {
      int port = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound").port();
      return Outcome.of(tls, options.apply(port), socket -> {});
    }
  }

  /** CVE-2025-61727: a host that an authority must not certify, hidden behind a star. */
  @EachProvider
  void cve2025_61727_aStarHidesNoExcludedHost(String provider) {
    Made ca =
        CertificateMaker.authority("CN=a narrow authority")
            .hostConstraints(List.of(), List.of("secret.example.com"))
            .make();
    Made star = CertificateMaker.leaf("CN=star").hosts("*.example.com").issuer(ca).make();
    Made other = CertificateMaker.leaf("CN=other").hosts("*.example.org").issuer(ca).make();
    assertEquals(
        Optional.of(ErrorCode.EXCLUDED_VIOLATION),
        refusal(provider, ca, star, "secret.example.com"));
    assertEquals(Optional.empty(), refusal(provider, ca, other, "www.example.org"));
  }

  private static Optional<ErrorCode> refusal(String provider, Made ca, Made host, String name) {
    return served(provider, host, port -> to(port, Pem.of(ca.pem())).servername(name))
        .errors()
        .stream()
        .map(TlsException::code)
        .findFirst();
  }
}
