package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.PeerCertificate;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.Der;
import io.tlsport.spi.JcaServices;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdentityTest {
  private static PeerCertificate certificate(CertificateMaker maker) {
    return PeerCertificateReader.read(List.of(maker.make().certificate()), JcaServices.jdk());
  }

  private static byte[] address(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return Der.tagged(0x87, bytes);
  }

  private static boolean belongs(String host, CertificateMaker maker) {
    return ServerIdentity.check(host, certificate(maker)).isEmpty();
  }

  private static String reason(String host, CertificateMaker maker) {
    AuthorizationError error = ServerIdentity.check(host, certificate(maker)).orElseThrow();
    assertEquals(ErrorCode.ERR_TLS_CERT_ALTNAME_INVALID, error.code());
    assertEquals(0, error.depth());
    return error.message();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "EXAMPLE.com, example.com, true",
    "example.com, EXAMPLE.COM, true",
    "example.com., example.com, true",
    "example.com, example.com., true",
    "localhost, localhost, true",
    "www.example.com, example.com, false",
    "example.com, www.example.com, false",
    "example.com.evil.org, example.com, false",
    "www.example.com, *.example.com, true",
    "WWW.example.com, *.EXAMPLE.com, true",
    "example.com, *.example.com, false",
    "a.b.example.com, *.example.com, false",
    "www.example.com, w*.example.com, true",
    "www.example.com, *w.example.com, true",
    "www.example.com, w*w.example.com, true",
    "w.example.com, w*w.example.com, false",
    "www.example.com, *w*.example.com, false",
    "www.example.com, **.example.com, false",
    "www.example.com, www.*.com, false",
    "example.com, *.com, false",
    "com, *, false",
    "a.b.c, *.*.c, false",
    "xn--bcher-kva.example.com, xn--*.example.com, false",
    "xn--bcher-kva.example.com, *.example.com, true",
    "bücher.example, xn--bcher-kva.example, true",
    "BÜCHER.example, xn--bcher-kva.example, true",
    "www.example.com, www..example.com, false",
    "www.example.com, .example.com, false"
  })
  void goesByTheHostsAmongTheAlternativeNames(String host, String name, boolean belongs) {
    assertEquals(belongs, belongs(host, leaf("CN=unrelated").hosts(name)));
    assertEquals(belongs, belongs(host, leaf("CN=unrelated").hosts("other.example", name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good.example\0.evil.example",
        "good.example\0",
        "good.example ",
        "good.example\n"
      })
  void takesNoPartOfANameForTheWhole(String name) {
    assertFalse(belongs("good.example", leaf("CN=x").hosts(name)));
    assertFalse(belongs("good.example", leaf("CN=x").hosts("*." + name)));
  }

  @Test
  void goesByTheCommonNameWhereThereIsNoOther() {
    assertTrue(belongs("example.com", leaf("CN=example.com")));
    assertTrue(belongs("www.example.com", leaf("CN=*.example.com")));
    assertTrue(belongs("b.example", leaf("CN=b.example,CN=a.example")));
    assertFalse(belongs("example.org", leaf("CN=example.com")));
  }

  @Test
  void passesOverTheCommonNameWhereThereIsAnother() {
    assertFalse(belongs("example.com", leaf("CN=example.com").hosts("example.org")));
    assertFalse(belongs("example.com", leaf("CN=example.com").altNames(address(1, 2, 3, 4))));
    byte[] uri = Der.tagged(0x86, "https://example.org/".getBytes(StandardCharsets.US_ASCII));
    assertFalse(belongs("example.com", leaf("CN=example.com").altNames(uri)));
    byte[] mail = Der.tagged(0x81, "a@example.org".getBytes(StandardCharsets.US_ASCII));
    assertTrue(belongs("example.com", leaf("CN=example.com").altNames(mail)));
  }

  /** The Kelvin sign becomes a k where Unicode makes lower case. */
  @Test
  void takesNoLetterForAnother() {
    assertFalse(belongs("kelvin.example", leaf("CN=\u212aelvin.example")));
    assertTrue(belongs("kelvin.example", leaf("CN=Kelvin.example")));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.0.0.2, false",
    "127.1, false",
    "127.0.0.01, false",
    "0:0:0:0:0:0:0:1, true",
    "::1, true",
    "0::0001, true",
    "::2, false",
    "::ffff:127.0.0.1, false",
    "999.1.1.1, false"
  })
  void goesByTheAddressesForAnAddress(String host, boolean belongs) {
    CertificateMaker maker =
        leaf("CN=" + host.replace(":", "."))
            .altNames(
                address(127, 0, 0, 1), address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    assertEquals(belongs, belongs(host, maker));
  }

  @Test
  void takesNoAddressThatIsWrittenAsAHost() {
    assertFalse(belongs("127.0.0.1", leaf("CN=127.0.0.1")));
    assertFalse(belongs("127.0.0.1", leaf("CN=x").hosts("127.0.0.1")));
  }

  @Test
  void saysWhatNodeSays() {
    String prefix = "Hostname/IP does not match certificate's altnames: ";
    assertEquals(
        prefix + "Host: a.example. is not in the cert's altnames: DNS:b.example, DNS:c.example",
        reason("a.example", leaf("CN=a.example").hosts("b.example", "c.example")));
    assertEquals(
        prefix + "Host: a.example. is not cert's CN: b.example",
        reason("a.example", leaf("CN=b.example")));
    assertEquals(
        prefix + "IP: 1.2.3.4 is not in the cert's list: 5.6.7.8",
        reason("1.2.3.4", leaf("CN=x").altNames(address(5, 6, 7, 8))));
    assertEquals(
        prefix + "Cert does not contain a DNS name",
        reason("a.example", leaf("CN=a.example").altNames(address(5, 6, 7, 8))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..b", "a b.example", "a\u00e9.example", "a\0b.example"})
  void takesOddNamesForNobodys(String name) {
    assertFalse(ServerIdentity.matches(name, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a..b", " ", "\0", "*.example.com"})
  void belongsToNoOddHost(String host) {
    Optional<AuthorizationError> error =
        ServerIdentity.check(host, certificate(leaf("CN=*").hosts("*.example.com", "*", "")));
    assertTrue(error.isPresent() || host.equals("*.example.com"));
  }
}
