package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConnectOptions;
import io.tlsport.Pem;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;

/** Clients whose certificates cost much, or are meant to make the server do something. */
@Timeout(60)
class CertificateRowsTest {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static String pem(List<Made> chain) {
    return chain.stream().map(Made::pem).collect(Collectors.joining());
  }

  /** A hundred authorities, each of the one before, and a client of the last. */
  private static List<Made> longChain() {
    List<Made> chain = new ArrayList<>();
    Made issuer = CertificateMaker.authority("CN=authority 0").make();
    chain.add(issuer);
    for (int i = 1; i < 100; i++) {
      issuer = CertificateMaker.authority("CN=authority " + i).issuer(issuer).make();
      chain.add(0, issuer);
    }
    chain.add(0, CertificateMaker.leaf("CN=a client").issuer(issuer).make());
    return chain;
  }

  /** Authorities of one name, each of the one before: every one may be the issuer of every one. */
  private static List<Made> mesh() {
    List<Made> chain = new ArrayList<>();
    Made issuer = CertificateMaker.of("CN=mesh", Keys.ec("mesh 0")).basicConstraints(-1).make();
    for (int i = 1; i < 10; i++) {
      issuer =
          CertificateMaker.of("CN=mesh", Keys.ec("mesh " + i))
              .basicConstraints(-1)
              .issuer(issuer)
              .make();
      chain.add(0, issuer);
    }
    chain.add(0, CertificateMaker.leaf("CN=a client").issuer(issuer).make());
    return chain;
  }

  private static List<Made> manyNames() {
    String[] names =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "host-" + i + ".example.com")
            .toArray(String[]::new);
    return List.of(CertificateMaker.leaf("CN=a client").hosts(names).make());
  }

  private static List<Made> hugeKey() {
    Made issuer =
        CertificateMaker.of("CN=huge", Keys.hugeRsa())
            .basicConstraints(-1)
            .algorithm("SHA256withRSA")
            .make();
    return List.of(
        CertificateMaker.leaf("CN=a client").issuer(issuer).algorithm("SHA256withRSA").make(),
        issuer);
  }

  /** Each is refused in good time, by one typed error, and the server goes on. */
  private static void refused(String provider, List<Made> chain) {
    try (Victim victim =
            Victim.of(
                provider,
                options ->
                    options
                        .handshakeTimeout(Duration.ofMinutes(1))
                        .requestCert(true)
                        .rejectUnauthorized(true),
                settings -> {});
        Tls attackers = Tls.builder().provider("jdk").build()) {
      long began = System.nanoTime();
      TLSSocket attacker =
          attackers.connect(
              ConnectOptions.builder()
                  .host("127.0.0.1")
                  .port(victim.port())
                  .servername("localhost")
                  .context(
                      context ->
                          context
                              .ca(Identities.ca())
                              .key(Pem.of(chain.get(0).keyPem()))
                              .cert(Pem.of(pem(chain))))
                  .build());
      CompletableFuture<Void> gone = new CompletableFuture<>();
      attacker.onError(error -> {});
      attacker.onClose(() -> gone.complete(null));
      victim.failedByPeers(1);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertTrue(took.compareTo(LONGEST) < 0, () -> "refused after " + took);
      Patience.await(gone, "the attacker to be cut off");
      victim.isFreeAfter();
    }
  }

  @EachProvider
  void row20_aChainOfAHundredIsRefused(String provider) {
    refused(provider, longChain());
  }

  @EachProvider
  void row20_aCertificateOfTenThousandNamesIsRefused(String provider) {
    refused(provider, manyNames());
  }

  @EachProvider
  void row20_aKeyOfSixteenThousandBitsIsRefused(String provider) {
    refused(provider, hugeKey());
  }

  @EachProvider
  void row20_aKeyWithAFactorOfThreeIsThePeersFault(String provider) {
    refused(provider, List.of(CertificateMaker.of("CN=a client", Keys.rsaOfThree()).make()));
  }

  @EachProvider
  void row21_authoritiesOfOneNameAreTriedSoLongAndNoLonger(String provider) {
    refused(provider, mesh());
  }

  // --- what certificates point at

  private static byte[] uri(String address) {
    return Der.tagged(0x86, address.getBytes(StandardCharsets.US_ASCII));
  }

  private static CertificateMaker pointing(CertificateMaker maker, String address) {
    byte[] access =
        Der.sequence(
            Der.sequence(Der.oid("1.3.6.1.5.5.7.48.2"), uri(address + "/issuer")),
            Der.sequence(Der.oid("1.3.6.1.5.5.7.48.1"), uri(address + "/ocsp")));
    byte[] lists =
        Der.sequence(Der.sequence(Der.tagged(0xa0, Der.tagged(0xa0, uri(address + "/crl")))));
    return maker.extension("1.3.6.1.5.5.7.1.1", false, access).extension("2.5.29.31", false, lists);
  }

  /** Both sides show a certificate that names an issuer, a responder and a list by address. */
  @EachProvider
  void row24_whatCertificatesPointAtIsNotFetched(String provider) throws IOException {
    try (ServerSocket lure = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Tls tls = Tls.builder().provider(provider).build()) {
      String address = "http://127.0.0.1:" + lure.getLocalPort();
      Made root = CertificateMaker.authority("CN=a root").make();
      Made middle = pointing(CertificateMaker.authority("CN=middle").issuer(root), address).make();
      Made host =
          pointing(CertificateMaker.leaf("CN=host").hosts("localhost").issuer(middle), address)
              .make();
      Made client = pointing(CertificateMaker.leaf("CN=client").issuer(middle), address).make();
      // Without the one in the middle, a path could be found by fetching alone.
      for (List<Made> shown : Arrays.asList(List.of(client, middle), List.of(client))) {
        connect(tls, root, List.of(host, middle), shown);
      }
      lure.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, lure::accept, "somebody fetched");
    }
  }

  private static void connect(Tls tls, Made root, List<Made> host, List<Made> client) {
    CompletableFuture<Boolean> authorized = new CompletableFuture<>();
    try (Server server =
        tls.createServer(
            ServerOptions.builder()
                .requestCert(true)
                .rejectUnauthorized(false)
                .context(
                    context ->
                        context
                            .key(Pem.of(host.get(0).keyPem()))
                            .cert(Pem.of(pem(host)))
                            .ca(Pem.of(root.pem())))
                .build(),
            socket -> authorized.complete(socket.authorized()))) {
      int port = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound").port();
      TLSSocket socket =
          tls.connect(
              ConnectOptions.builder()
                  .host("127.0.0.1")
                  .port(port)
                  .servername("localhost")
                  .context(
                      context ->
                          context
                              .ca(Pem.of(root.pem()))
                              .key(Pem.of(client.get(0).keyPem()))
                              .cert(Pem.of(pem(client))))
                  .build());
      Patience.await(socket.secured(), "the client to be secure");
      boolean whole = Patience.await(authorized, "the verdict on the client");
      assertTrue(whole == client.size() > 1, "authorized by what it showed alone");
      socket.destroy();
    }
  }
}
