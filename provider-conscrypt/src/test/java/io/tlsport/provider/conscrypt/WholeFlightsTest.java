package io.tlsport.provider.conscrypt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestPki;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flights that are larger than what Conscrypt buffers of one. */
class WholeFlightsTest {
  private static final int NAMES = 1500;
  private static final int SMALLEST = 2 * 17 * 1024;

  private static TestIdentity large(TestAuthority authority, CertificateSpec spec) {
    Stream<String> names =
        IntStream.range(0, NAMES).mapToObj(i -> "name-" + i + ".of-a-large-certificate.example");
    TestIdentity identity =
        authority.leaf(
            spec.dns(Stream.concat(Stream.of("localhost"), names).toArray(String[]::new)));
    assertTrue(identity.der().length > SMALLEST, () -> "it has " + identity.der().length);
    return identity;
  }

  @ParameterizedTest
  @EnumSource(
      value = ProtocolVersion.class,
      names = {"TLS_1_2", "TLS_1_3"})
  void largeCertificatesPassBothWays(ProtocolVersion version) throws Exception {
    TestAuthority authority = TestPki.shared().authority("of large certificates");
    TestIdentity ofServer = large(authority, CertificateSpec.server("localhost"));
    TestIdentity ofClient = large(authority, CertificateSpec.client("large"));
    Workbench bench = new Workbench(ConscryptProviderFactory::new);
    ServerCapture server =
        bench.listen(
            ServerOptions.builder()
                .requestCert(true)
                .context(
                    c ->
                        c.key(ofServer.key())
                            .cert(ofServer.chain())
                            .ca(authority.certificate())
                            .maxVersion(version))
                .build());
    Capture client =
        bench.connect(
            server.port(),
            ConnectOptions.builder()
                .servername("localhost")
                .context(
                    c -> c.key(ofClient.key()).cert(ofClient.chain()).ca(authority.certificate())));
    assertEquals(version, client.awaitSecure().protocol().orElseThrow());
    assertTrue(server.next().socket().authorized());
    bench.clear();
  }
}
