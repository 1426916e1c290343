package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;
import static io.tlsport.cli.doctor.Diagnosis.warning;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsCheckTest {
  private static final Check CHECK = new RootsCheck();

  @TempDir Path home;

  private MadeMachine machine() {
    return new MadeMachine().property("java.home", home.toString());
  }

  private Path cacerts() throws IOException {
    return Files.createDirectories(home.resolve("lib/security")).resolve("cacerts");
  }

  @Test
  void missingRootsAreAProblem() {
    problem(CHECK, machine(), "conscrypt", "cacerts is missing", "ca-certificates");
  }

  @Test
  void fileThatIsNoStoreIsAProblem() throws IOException {
    Files.writeString(cacerts(), "no store");
    problem(CHECK, machine(), "conscrypt", "cannot be read");
  }

  @Test
  void emptyStoreIsAProblem() throws Exception {
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    try (OutputStream out = Files.newOutputStream(cacerts())) {
      empty.store(out, "changeit".toCharArray());
    }
    problem(CHECK, machine(), "jdk", "has no certificate");
  }

  @Test
  void rootsThatHaveExpiredAreAProblem() {
    problem(CHECK, here().now("2090-01-01T00:00:00Z"), "jdk", "have expired");
    healthy(CHECK, here());
  }

  @Test
  void storeThatNobodyReadsIsAWarning() {
    warning(
        CHECK, here().property("javax.net.ssl.trustStore", "my.jks"), "jdk", "my.jks", "extraCa");
  }

  /** With the roots of the JVM that the test runs on. */
  private static MadeMachine here() {
    return new MadeMachine().property("java.home", System.getProperty("java.home"));
  }
}
