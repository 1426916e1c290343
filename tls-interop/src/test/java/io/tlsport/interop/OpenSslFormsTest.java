package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.testpki.OpenSsl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form in which openssl writes a key: a server shows it in a handshake, or the context is
 * refused by name. Without openssl, what is written is one line of the report.
 */
@Timeout(60)
class OpenSslFormsTest {
  private static final List<String> PROVIDERS = List.of("jdk", "conscrypt", "bcjsse", "bctls");
  private static final Map<String, Tls> RUNTIMES = new ConcurrentHashMap<>();
  private static final String LEGACY = " -provider legacy -provider default";

  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry(
              "RSA",
              List.of(
                  "pkey",
                  "rsa -traditional",
                  "rsa -traditional -aes128",
                  "rsa -traditional -des3",
                  "rsa -traditional -camellia256",
                  "rsa -traditional -outform DER",
                  "pkcs8 -topk8 -v2 aes128",
                  "pkcs8 -topk8 -v2 aes256",
                  "pkcs8 -topk8 -v2 des3",
                  "pkcs8 -topk8 -v2 camellia256",
                  "pkcs8 -topk8 -v2 aria256",
                  "pkcs8 -topk8 -scrypt",
                  "pkcs8 -topk8 -v1 PBE-MD5-DES" + LEGACY,
                  "pkcs8 -topk8 -v1 PBE-SHA1-3DES",
                  "pkcs8 -topk8 -v1 PBE-SHA1-RC2-128" + LEGACY,
                  "pkcs8 -topk8 -v1 PBE-SHA1-RC4-128" + LEGACY,
                  "pkcs8 -topk8 -outform DER")),
          Map.entry("RSA-1024", List.of("pkey")),
          Map.entry("RSA-PSS", List.of("pkey", "pkcs8 -topk8")),
          Map.entry("P-256", List.of("pkey", "ec", "ec -aes256", "ec -outform DER")),
          Map.entry("P-384", List.of("ec", "pkcs8 -topk8")),
          Map.entry("P-521", List.of("ec")),
          Map.entry("secp256k1", List.of("ec")),
          Map.entry("brainpoolP256r1", List.of("pkey")),
          Map.entry("explicit", List.of("ec")),
          Map.entry("Ed25519", List.of("pkey", "pkcs8 -topk8", "pkey -outform DER")),
          Map.entry("Ed448", List.of("pkey")),
          Map.entry("DSA", List.of("pkey", "dsa")));

  private static final List<String> PFX =
      List.of(
          "",
          "-legacy" + LEGACY,
          "-keypbe AES-128-CBC -certpbe AES-128-CBC",
          "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-RC2-40" + LEGACY,
          "-keypbe NONE -certpbe NONE",
          "-keypbe NONE -certpbe NONE -nomac",
          "-macalg sha1",
          "-nomac");

  /** What is refused, where, and what the message says. */
  private static final Map<String, Map<String, String>> REFUSALS =
      Map.ofEntries(
          Map.entry("RSA-1024", everywhere("RSA with 1024 bits")),
          Map.entry("RSA-PSS", Map.of("conscrypt", "RSASSA-PSS")),
          Map.entry("secp256k1", everywhere("secp256k1")),
          Map.entry("brainpoolP256r1", everywhere("brainpoolP256r1")),
          Map.entry("explicit", everywhere("spells out its curve")),
          Map.entry("Ed25519", Map.of("conscrypt", "Ed25519")),
          Map.entry("Ed448", Map.of("conscrypt", "Ed448")),
          Map.entry("DSA", everywhere("DSA")),
          Map.entry("rsa -traditional -camellia256", ofTheJdk("Camellia")),
          Map.entry("pkcs8 -topk8 -v2 camellia256", ofTheJdk("Camellia")),
          Map.entry("pkcs8 -topk8 -v2 aria256", ofTheJdk("ARIA")));

  @TempDir private static Path directory;
  private static OpenSslIdentities openssl;

  private static Map<String, String> everywhere(String words) {
    return Map.of("jdk", words, "conscrypt", words, "bcjsse", words, "bctls", words);
  }

  /** Keys of Conscrypt are read by the JDK. */
  private static Map<String, String> ofTheJdk(String words) {
    return Map.of("jdk", words, "conscrypt", words);
  }

  private static Tls tls(String provider) {
    return RUNTIMES.computeIfAbsent(provider, name -> Tls.builder().provider(name).build());
  }

  @BeforeAll
  static void make(TestReporter reporter) throws IOException {
    reporter.publishEntry("keys are written by", OpenSsl.description());
    openssl = OpenSslIdentities.in(directory);
  }

  @AfterAll
  static void close() {
    RUNTIMES.values().forEach(Tls::close);
    RUNTIMES.clear();
  }

  static Stream<Arguments> keys() {
    return PROVIDERS.stream()
        .flatMap(
            provider ->
                KEYS.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .flatMap(
                        kind ->
                            kind.getValue().stream()
                                .map(command -> Arguments.of(provider, kind.getKey(), command))));
  }

  static Stream<Arguments> files() {
    return PROVIDERS.stream()
        .flatMap(provider -> PFX.stream().map(options -> Arguments.of(provider, options)));
  }

  @ParameterizedTest(name = "{0}: {1} by {2}")
  @MethodSource("keys")
  void aKeyServesOrIsRefusedByName(String provider, String kind, String command) {
    if (!OpenSsl.present()) {
      assertEquals("there is no openssl program on this machine", OpenSsl.description());
      return;
    }
    Pem key = openssl.key(kind, command);
    Pem certificate = openssl.certificate(kind);
    Consumer<SecureContextOptions.Builder> serving =
        c -> c.key(key).cert(certificate).passphrase(OpenSslIdentities.PASSPHRASE);
    String words =
        Stream.of(kind, command)
            .map(what -> REFUSALS.getOrDefault(what, Map.of()).get(provider))
            .filter(found -> found != null)
            .findFirst()
            .orElse("");
    if (words.isEmpty()) {
      EchoPair.run(tls(provider), client(provider, kind), serving, c -> c.ca(openssl.ca()));
    } else {
      assertRefused(provider, serving, words);
    }
  }

  /** BoringSSL's clients do not offer to verify P-521. */
  private static Tls client(String provider, String kind) {
    return tls(kind.equals("P-521") ? "jdk" : provider);
  }

  private static void assertRefused(
      String provider, Consumer<SecureContextOptions.Builder> serving, String words) {
    SecureContextOptions.Builder options = SecureContextOptions.builder();
    serving.accept(options);
    TlsException refused =
        assertThrows(TlsException.class, () -> tls(provider).createSecureContext(options.build()));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(words), message);
    assertTrue(
        refused.code() == ErrorCode.ERR_SSL_EE_KEY_TOO_SMALL || message.contains(provider),
        message);
  }

  /** The client is in the file as well: it trusts the authorities in its own. */
  @ParameterizedTest(name = "{0}: pkcs12 -export {1}")
  @MethodSource("files")
  void aPfxIsIdentityAndTrust(String provider, String options) {
    if (!OpenSsl.present()) {
      assertEquals("there is no openssl program on this machine", OpenSsl.description());
      return;
    }
    Pem pfx = openssl.pfx("P-256", options).withPassphrase(OpenSslIdentities.PASSPHRASE);
    EchoPair.run(tls(provider), tls(provider), c -> c.pfx(pfx), c -> c.pfx(pfx));
  }
}
