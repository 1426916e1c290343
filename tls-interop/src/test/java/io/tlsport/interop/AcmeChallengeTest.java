package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AlpnCallback;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.OpenSsl;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestPki;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server answers tls-alpn-01 (RFC 8737) beside its work, as {@code openssl s_client} sees it. */
@Timeout(60)
class AcmeChallengeTest {
  private static final String ACME = "acme-tls/1";

  @TempDir private static Path directory;

  @ParameterizedTest
  @CsvSource({
    "jdk,-tls1_2", "jdk,-tls1_3", "conscrypt,-tls1_2", "conscrypt,-tls1_3",
    "bcjsse,-tls1_2", "bcjsse,-tls1_3", "bctls,-tls1_2", "bctls,-tls1_3"
  })
  void showsTheChallengeToWhoAsksByItsProtocol(String provider, String version) {
    TestAuthority root = TestPki.shared().authority("an authority that challenges");
    TestIdentity own = root.leaf(CertificateSpec.server("www.example.com"));
    TestIdentity challenge =
        root.leaf(CertificateSpec.server("the-challenge").key(KeyKind.RSA_2048));
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContext answer = tls.createSecureContext(identity(challenge));
      AlpnCallback.ForSocket callback =
          (socket, servername, protocols) -> {
            if (protocols.contains(ACME)) {
              socket.setKeyCert(answer);
              return Optional.of(ACME);
            }
            return protocols.stream().findFirst();
          };
      Server server =
          tls.createServer(
              ServerOptions.builder().context(identity(own)).alpnCallback(callback).build());
      int port = server.listen(0, "127.0.0.1").toCompletableFuture().join().port();
      assertShown(port, version, ACME, "CN = the-challenge");
      assertShown(port, version, "http/1.1", "CN = www.example.com");
    }
  }

  private static SecureContextOptions identity(TestIdentity identity) {
    return SecureContextOptions.builder().key(identity.key()).cert(identity.chain()).build();
  }

  private static void assertShown(int port, String version, String protocol, String subject) {
    if (!OpenSsl.present()) {
      assertEquals("there is no openssl program on this machine", OpenSsl.description());
      return;
    }
    String seen =
        OpenSsl.run(
            directory,
            "s_client",
            "-connect",
            "127.0.0.1:" + port,
            "-servername",
            "www.example.com",
            "-alpn",
            protocol,
            version);
    assertTrue(seen.contains("ALPN protocol: " + protocol), seen);
    assertTrue(seen.contains(subject), seen);
  }
}
