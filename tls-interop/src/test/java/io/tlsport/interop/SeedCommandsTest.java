package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.testpki.OpenSsl;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands of Node's page as they are printed there: 1024 bits, version 1, a common name alone.
 * Only the answers to what they would ask are added.
 */
@Timeout(60)
class SeedCommandsTest {
  private static final String LEVEL_0 = "ECDHE+AESGCM:@SECLEVEL=0";

  @TempDir private static Path directory;

  @BeforeAll
  static void make(TestReporter reporter) {
    reporter.publishEntry("the seed's commands are run by", OpenSsl.description());
    if (OpenSsl.present()) {
      run("genrsa -out ryans-key.pem 1024");
      run("req -new -key ryans-key.pem -out ryans-csr.pem -subj /CN=localhost");
      run("x509 -req -in ryans-csr.pem -signkey ryans-key.pem -out ryans-cert.pem");
      run(
          "pkcs12 -export -in ryans-cert.pem -inkey ryans-key.pem -certfile ryans-cert.pem"
              + " -out ryan.pfx -passout pass:");
    }
  }

  private static void run(String command) {
    OpenSsl.run(directory, command.split(" ", -1));
  }

  private static Pem file(String name) {
    return Pem.read(directory.resolve(name));
  }

  private static SecureContextOptions.Builder serving(SecureContextOptions.Builder options) {
    return options.key(file("ryans-key.pem")).cert(file("ryans-cert.pem"));
  }

  private static SecureContextOptions.Builder connecting(SecureContextOptions.Builder options) {
    return options.ca(file("ryans-cert.pem"));
  }

  private static void echo(
      Tls tls,
      Consumer<SecureContextOptions.Builder> serving,
      Consumer<SecureContextOptions.Builder> connecting) {
    if (OpenSsl.present()) {
      EchoPair.run(tls, tls, serving, connecting);
    } else {
      assertEquals("there is no openssl program on this machine", OpenSsl.description());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void giveAnEchoPairAtSecurityLevel0(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      echo(tls, c -> serving(c).ciphers(LEVEL_0), c -> connecting(c).ciphers(LEVEL_0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void giveAPfxThatIsIdentityAtSecurityLevel0(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      echo(tls, c -> c.pfx(file("ryan.pfx")).ciphers(LEVEL_0), c -> connecting(c).ciphers(LEVEL_0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void giveAnEchoPairByTheSeedsOwnDefaults(String provider) {
    try (Tls tls = Tls.builder().provider(provider).policy("node-0.12").build()) {
      echo(tls, SeedCommandsTest::serving, SeedCommandsTest::connecting);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void areRefusedByDefaultWithTheRuleAndTheMend(String provider) {
    if (!OpenSsl.present()) {
      assertEquals("there is no openssl program on this machine", OpenSsl.description());
      return;
    }
    try (Tls tls = Tls.builder().provider(provider).build()) {
      SecureContextOptions options = serving(SecureContextOptions.builder()).build();
      ConfigurationException refused =
          assertThrows(ConfigurationException.class, () -> tls.createSecureContext(options));
      assertEquals(ErrorCode.ERR_SSL_EE_KEY_TOO_SMALL, refused.code());
      String message = String.valueOf(refused.getMessage());
      for (String words :
          new String[] {"RSA with 1024 bits", "security level 2", "@SECLEVEL=0", "CN=localhost"}) {
        assertTrue(message.contains(words), message);
      }
    }
  }

  /** A client judges by its own level. */
  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void areRefusedByAClientThatKeepsItsLevel(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      if (!OpenSsl.present()) {
        assertEquals("there is no openssl program on this machine", OpenSsl.description());
        return;
      }
      AssertionError failed =
          assertThrows(
              AssertionError.class,
              () -> echo(tls, c -> serving(c).ciphers(LEVEL_0), SeedCommandsTest::connecting));
      String message = String.valueOf(failed.getMessage());
      assertTrue(message.contains("EE certificate key too weak"), message);
      assertTrue(message.contains("@SECLEVEL=0"), message);
    }
  }
}
