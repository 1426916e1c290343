package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.DistinguishedName;
import io.tlsport.PeerCertificate;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.core.fixtures.Node;
import io.tlsport.spi.JcaServices;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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

  private static final String INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
  private static final String OCSP = "1.3.6.1.5.5.7.48.1";

  private static final byte[] INFO =
      Der.sequence(
          access("1.3.6.1.5.5.7.48.2", 0x86, "http://a.example/ca, \"1\".cer"),
          access(OCSP, 0x86, "http://ocsp.example/1"),
          access(OCSP, 0x82, "o\u00e9.example"),
          access(OCSP, 0x86, "http://ocsp.example/2"),
          access("1.3.6.1.5.5.7.48.5", 0x86, "http://a.example/repository"),
          access("1.2.3.4", 0x86, "x:y"));

  private static final byte[][] OTHER_NAMES = {
    other("1.3.6.1.4.1.311.20.2.3", 0x0c, "u\u00e9@example.com"),
    other("1.3.6.1.4.1.311.20.2.3", 0x0c, "a,b"),
    other("1.3.6.1.4.1.311.20.2.3", 0x16, "a"),
    other("1.3.6.1.5.5.7.8.9", 0x0c, "\u4e2d@example.com"),
    other("1.3.6.1.5.5.7.8.5", 0x0c, "x'y"),
    other("1.3.6.1.5.5.7.8.7", 0x16, "_srv.example"),
    other("1.3.6.1.5.5.7.8.7", 0x0c, "_srv.example"),
    other("1.3.6.1.5.5.7.8.8", 0x0c, "realm\u0007"),
    other("1.2.3.4", 0x0c, "A")
  };

  /** Prints what our reader is to print: a line for what can be recorded, and one for the rest. */
  private static final String SCRIPT =
      """
      const {X509Certificate} = require('crypto');
      const {checkServerIdentity} = require('tls');
      const hosts = process.argv.slice(1);
      const pairs = (n) => Object.entries(n || {}).map(([k, v]) =>
          [].concat(v).map((one) => k + '=' + one).join(', ')).join(', ');
      const all = require('fs').readFileSync(0, 'utf8').split('\\n\\n').filter((pem) => pem.trim());
      for (const pem of all) {
        const c = new X509Certificate(pem).toLegacyObject();
        console.log([pairs(c.subject), pairs(c.issuer), c.valid_from, c.valid_to,
            c.subjectaltname || '', pairs(c.infoAccess), (c.ext_key_usage || []).join(' '), c.ca,
            c.bits || '', c.exponent || '', c.asn1Curve || '', c.nistCurve || '',
            hosts.map((h) => checkServerIdentity(h, c) === undefined).join(' ')].join('|'));
        console.log([c.serialNumber, c.fingerprint, c.fingerprint256, c.fingerprint512, c.modulus || '',
            c.pubkey ? c.pubkey.toString('hex') : '', c.raw.toString('hex')].join('|'));
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
        leaf("O=nothing").make(),
        leaf("CN=x").altNames(OTHER_NAMES).make(),
        leaf("CN=x")
            .altNames(directory("2.5.4.5=#130131+CN=\u00e9 b\\+c,1.2.3.4=#0c0131,UID=\\ u"))
            .make(),
        leaf("CN=x")
            .altNames(directory("GIVENNAME=#0c03612c62,O=\\#o,OU=a\\;\\<b\\>\\\"\\\\"))
            .make(),
        leaf("2.5.4.97=#0c0131,2.5.4.15=#130142,1.3.6.1.4.1.311.60.2.1.3=#1302554b,1.2.3=#0c0133")
            .make(),
        leaf("CN=#1e0400e94e2d,O=#1c04000000e9,L=#1401e9,ST=#1203313233").make(),
        leaf("CN=a+CN=b+OU=c,CN=d").serial(BigInteger.ZERO).make(),
        leaf("CN=x").serial(BigInteger.valueOf(-0x80)).make(),
        leaf("CN=x").extension(INFO_ACCESS, false, INFO).make(),
        leaf("CN=x").extension(INFO_ACCESS, false, Der.sequence()).make(),
        leaf("CN=x").extension(INFO_ACCESS, false, new byte[] {0x30, 5, 0x30}).make(),
        leaf("CN=x").extendedKeyUsage("1.3.6.1.5.5.7.3.1", "2.5.29.37.0", "1.2.3.4").make(),
        authority("CN=x").make(),
        leaf("CN=x").basicConstraints(0).keyUsage(0).make(),
        leaf("CN=x").basicConstraints(0).make(),
        leaf("CN=x").noAuthority().make(),
        leaf("CN=x").version1().make(),
        CertificateMaker.of("CN=rsa", Keys.rsa(2048, "shown")).make(),
        CertificateMaker.of("CN=rsa", Keys.rsa(1031, "shown")).make(),
        CertificateMaker.of("CN=ec", Keys.ec("secp384r1", "shown")).make(),
        CertificateMaker.of("CN=ec", Keys.ec("secp521r1", "shown")).make(),
        CertificateMaker.of("CN=ed", Keys.ed25519("shown")).make());
  }

  private static byte[] directory(String name) {
    return Der.tagged(0xa4, new X500Principal(name).getEncoded());
  }

  private static byte[] access(String method, int tag, String location) {
    return Der.sequence(
        Der.oid(method), Der.tagged(tag, location.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static byte[] other(String oid, int tag, String value) {
    return Der.tagged(
        0xa0,
        Der.oid(oid),
        Der.tagged(0xa0, Der.tagged(tag, value.getBytes(StandardCharsets.UTF_8))));
  }

  private static final List<Made> CERTIFICATES = certificates();

  private static List<String> ours() {
    List<String> lines = new ArrayList<>();
    for (Made made : CERTIFICATES) {
      PeerCertificate shape =
          PeerCertificateReader.read(List.of(made.certificate()), JcaServices.jdk());
      lines.add(recordable(shape));
      lines.add(different(shape));
    }
    return lines;
  }

  @Test
  void showsCertificatesAsNodeDoes(TestReporter reporter) {
    reporter.publishEntry("certificates are compared with", Node.description());
    String pems = CERTIFICATES.stream().map(made -> made.pem() + "\n").collect(joining());
    List<String> ours = ours();
    List<String> theirs =
        Node.present()
            ? Node.run(SCRIPT, pems, HOSTS.toArray(String[]::new)).lines().toList()
            : ours;
    assertEquals(String.join("\n", theirs), String.join("\n", ours));
  }

  /** What Node 20 printed, for machines without it, and for a Node that changes its mind. */
  @Test
  void showsCertificatesAsNodeDidWhenItWasRecorded() throws IOException {
    List<String> ours = ours();
    List<String> recordable =
        IntStream.range(0, ours.size()).filter(i -> i % 2 == 0).mapToObj(ours::get).toList();
    try (InputStream recorded =
        Objects.requireNonNull(getClass().getResourceAsStream("node-certificates.txt"))) {
      assertEquals(
          new String(recorded.readAllBytes(), StandardCharsets.UTF_8),
          String.join("\n", recordable) + "\n");
    }
  }

  private static String recordable(PeerCertificate shape) {
    return String.join(
        "|",
        shape.subject().toString(),
        shape.issuer().toString(),
        shape.validFrom(),
        shape.validTo(),
        shape.subjectaltname().orElse(""),
        new DistinguishedName(shape.infoAccess()).toString(),
        String.join(" ", shape.extKeyUsage()),
        Boolean.toString(shape.ca()),
        shape.bits().isPresent() ? Integer.toString(shape.bits().getAsInt()) : "",
        shape.exponent().orElse(""),
        shape.asn1Curve().orElse(""),
        shape.nistCurve().orElse(""),
        belongings(shape));
  }

  /** What is different each time. */
  private static String different(PeerCertificate shape) {
    return String.join(
        "|",
        shape.serialNumber(),
        shape.fingerprint(),
        shape.fingerprint256(),
        shape.fingerprint512(),
        shape.modulus().orElse(""),
        shape.pubkey().map(HexFormat.of()::formatHex).orElse(""),
        HexFormat.of().formatHex(shape.raw()));
  }

  private static String belongings(PeerCertificate shape) {
    return String.join(
        " ",
        HOSTS.stream()
            .map(host -> Boolean.toString(ServerIdentity.check(host, shape).isEmpty()))
            .toList());
  }
}
