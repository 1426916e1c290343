package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.DistinguishedName;
import io.tlsport.PeerCertificate;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.Node;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Certificates in the seed's shape, and the hosts that they belong to, against Node itself. */
class NodeCertificateTest {
  private static final List<String> HOSTS =
      List.of(
          "example.com",
          "www.example.com",
          "EXAMPLE.COM.",
          "a.b.example.com",
          "127.0.0.1",
          "::1",
          "0:0:0:0:0:0:0:1",
          "localhost",
          "xn--bcher-kva.example.com",
          "q",
          "*.example.com");

  /** Prints what our reader is to print, a line each. */
  private static final String SCRIPT =
      """
      const {X509Certificate} = require('crypto');
      const {checkServerIdentity} = require('tls');
      const hosts = process.argv.slice(1);
      const name = (n) => Object.entries(n).map(([k, v]) =>
          [].concat(v).map((one) => k + '=' + one).join(', ')).join(', ');
      const all = require('fs').readFileSync(0, 'utf8').split('\\n\\n').filter((pem) => pem.trim());
      for (const pem of all) {
        const c = new X509Certificate(pem).toLegacyObject();
        console.log([name(c.subject), name(c.issuer), c.valid_from, c.valid_to, c.fingerprint,
            c.fingerprint256, c.serialNumber, c.subjectaltname || ''].join('|'));
        console.log(hosts.map((h) => checkServerIdentity(h, c) === undefined).join(' '));
      }
      """;

  private static List<Made> certificates() {
    byte[] odd = Der.tagged(0x82, "odd, \"name\\'\0\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    byte[] plain = Der.tagged(0x82, "with blank".getBytes(StandardCharsets.US_ASCII));
    byte[] v6 = Der.tagged(0x87, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    byte[] v4 = Der.tagged(0x87, new byte[] {127, 0, 0, 1});
    byte[] short4 = Der.tagged(0x87, new byte[] {127, 0, 0});
    byte[] uri = Der.tagged(0x86, "https://example.com/a,b".getBytes(StandardCharsets.US_ASCII));
    byte[] mail = Der.tagged(0x81, "a@example.com".getBytes(StandardCharsets.US_ASCII));
    byte[] id = Der.tagged(0x88, Der.oidContent("1.2.3.4"));
    byte[] name = new X500Principal("CN=a\\, b,O=c,C=UK").getEncoded();
    byte[] directory = Der.tagged(0xa4, name);
    byte[] solo = Der.tagged(0xa4, new X500Principal("CN=solo").getEncoded());
    byte[] other =
        Der.tagged(0xa0, Der.oid("1.2.3.4"), Der.tagged(0xa0, Der.tagged(0x0c, new byte[] {65})));
    return List.of(
        leaf("CN=localhost,OU=Test TLS Certificate,O=node.js,L=Rhys Jones,ST=Acknack Ltd,C=UK")
            .valid(Instant.parse("2009-11-01T09:52:22Z"), Instant.parse("2029-11-16T09:52:02Z"))
            .serial(new BigInteger("B9B0D332A1AA5635", 16))
            .make(),
        leaf("CN=example.com,OU=one,OU=two").serial(BigInteger.valueOf(0x123)).make(),
        leaf("CN=x,UID=u,DC=dc,2.5.4.5=#130131,1.2.840.113549.1.9.1=#16036140" + "62")
            .valid(Instant.parse("2049-12-31T23:59:59Z"), Instant.parse("2050-01-01T00:00:00Z"))
            .make(),
        leaf("CN=\u00e9\u4e2d").serial(BigInteger.ONE).make(),
        leaf("CN=example.com").hosts("www.example.com", "*.example.com").make(),
        leaf("CN=x").hosts("*.com", "*", "w*w.example.com", "xn--*.example.com").make(),
        leaf("CN=x")
            .altNames(odd, plain, v4, v6, short4, uri, mail, id, directory, solo, other)
            .make(),
        leaf("O=nothing").make());
  }

  @Test
  void showsCertificatesAsNodeDoes(TestReporter reporter) {
    reporter.publishEntry("certificates are compared with", Node.description());
    List<Made> certificates = certificates();
    List<String> ours = new ArrayList<>();
    StringBuilder pems = new StringBuilder();
    for (Made made : certificates) {
      PeerCertificate shape = PeerCertificateReader.read(List.of(made.certificate()));
      ours.add(line(shape));
      ours.add(belongings(shape));
      pems.append(made.pem()).append('\n');
    }
    List<String> theirs =
        Node.present()
            ? Node.run(SCRIPT, pems.toString(), HOSTS.toArray(String[]::new)).lines().toList()
            : ours;
    assertEquals(String.join("\n", theirs), String.join("\n", ours));
  }

  private static String line(PeerCertificate shape) {
    return String.join(
        "|",
        text(shape.subject()),
        text(shape.issuer()),
        shape.validFrom(),
        shape.validTo(),
        shape.fingerprint(),
        shape.fingerprint256(),
        shape.serialNumber(),
        shape.subjectaltname().orElse(""));
  }

  private static String text(DistinguishedName name) {
    return name.toString();
  }

  private static String belongings(PeerCertificate shape) {
    return String.join(
        " ",
        HOSTS.stream()
            .map(host -> Boolean.toString(ServerIdentity.check(host, shape).isEmpty()))
            .toList());
  }
}
