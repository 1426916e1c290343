package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertCommandTest {
  @TempDir Path folder;

  private X509Certificate made(String... options) throws Exception {
    CommandRun run = run(options);
    assertEquals(0, run.status(), run::toString);
    return certificate(folder.resolve("cert.pem"));
  }

  private CommandRun run(String... options) {
    List<String> arguments = new java.util.ArrayList<>(List.of("cert", "--out-dir"));
    arguments.add(folder.toString());
    arguments.addAll(List.of(options));
    return CommandRun.start(arguments.toArray(String[]::new));
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @ParameterizedTest
  @CsvSource({"rsa, RSA", "ec, EC", "ed25519, EdDSA"})
  void signsItself(String type, String algorithm) throws Exception {
    X509Certificate certificate = made("--key-type", type);
    assertEquals(algorithm, certificate.getPublicKey().getAlgorithm());
    certificate.verify(certificate.getPublicKey());
    assertEquals("CN=localhost", certificate.getSubjectX500Principal().getName());
  }

  @Test
  void namesHostsAndAddresses() throws Exception {
    X509Certificate certificate =
        made("--key-type", "ec", "--host", "a.example.com", "--host", "192.0.2.7", "--host", "::1");
    assertEquals(
        List.of("a.example.com", "192.0.2.7", "0:0:0:0:0:0:0:1"),
        certificate.getSubjectAlternativeNames().stream().map(name -> name.get(1)).toList());
  }

  @Test
  void isForClientsOnDemand() throws Exception {
    assertEquals(
        List.of("1.3.6.1.5.5.7.3.2"),
        made("--key-type", "ec", "--client", "--host", "alice").getExtendedKeyUsage());
  }

  @Test
  void isValidForSoManyDays() throws Exception {
    X509Certificate certificate = made("--key-type", "ec", "--days", "3");
    Duration validity =
        Duration.between(
            certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
    assertEquals(3, validity.toDays());
  }

  @Test
  void keyIsForItsOwnerOnly() throws Exception {
    made("--key-type", "ec");
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))));
  }

  @Test
  void replacesNothingUnlessForced() throws Exception {
    made("--key-type", "ec");
    String key = Files.readString(folder.resolve("key.pem"));
    CommandRun again = run("--key-type", "ec");
    assertEquals(2, again.status());
    assertTrue(again.errors().contains("--force"), again::toString);
    assertEquals(key, Files.readString(folder.resolve("key.pem")));
    made("--key-type", "ec", "--force");
    assertNotEquals(key, Files.readString(folder.resolve("key.pem")));
  }

  @Test
  void authorityIsMadeOnceAndSignsAll() throws Exception {
    Path authority = folder.resolve("authority");
    X509Certificate first = made("--key-type", "ec", "--ca-dir", authority.toString());
    X509Certificate signer = certificate(authority.resolve("ca.pem"));
    X509Certificate second = made("--key-type", "rsa", "--force", "--ca-dir", authority.toString());
    assertEquals(signer, certificate(authority.resolve("ca.pem")));
    assertEquals(signer, certificate(folder.resolve("ca.pem")));
    first.verify(signer.getPublicKey());
    second.verify(signer.getPublicKey());
    assertTrue(signer.getBasicConstraints() >= 0);
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(authority.resolve("ca-key.pem"))));
  }

  @Test
  void tellsItsFiles() {
    CommandRun run = run("--json", "--key-type", "ec");
    assertEquals(0, run.status(), run::toString);
    assertTrue(
        run.event("cert").get("key").textValue().toLowerCase(Locale.ROOT).endsWith("key.pem"));
  }
}
