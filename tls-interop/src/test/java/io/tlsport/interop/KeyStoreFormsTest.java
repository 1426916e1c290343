package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.testpki.TestIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key stores that FIPS approves, on engines that make no such claim. */
class KeyStoreFormsTest {
  private static final String PASSPHRASE = "fourteen bytes";
  private static final String PBMAC1 = "PKCS12-PBMAC1";
  private static final String BCFKS = "BCFKS";
  private static final Provider MAKER = new BouncyCastleProvider();

  private static Pem store(String type) throws Exception {
    TestIdentity identity = Identities.server();
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(identity.chain().bytes()))
            .toArray(Certificate[]::new);
    String pem = new String(identity.key().bytes(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    PrivateKey key =
        KeyFactory.getInstance("EC", MAKER).generatePrivate(new PKCS8EncodedKeySpec(der));
    KeyStore store = KeyStore.getInstance(type, MAKER);
    store.load(null, PASSPHRASE.toCharArray());
    store.setKeyEntry("server", key, PASSPHRASE.toCharArray(), chain);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, PASSPHRASE.toCharArray());
    return Pem.of(out.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "jdk, PKCS12-PBMAC1",
    "conscrypt, PKCS12-PBMAC1",
    "bcjsse, PKCS12-PBMAC1",
    "bctls, PKCS12-PBMAC1",
    "bcjsse, BCFKS",
    "bctls, BCFKS"
  })
  void areShownByServers(String provider, String type) throws Exception {
    Pem store = store(type);
    try (Tls tls = Tls.builder().provider(provider).build()) {
      EchoPair.run(tls, tls, c -> c.pfx(store).passphrase(PASSPHRASE), c -> c.ca(Identities.ca()));
      ConfigurationException wrong = refused(tls, store, "fourteen other");
      assertEquals(ErrorCode.ERR_OSSL_BAD_DECRYPT, wrong.code(), wrong::getMessage);
    }
  }

  /** Its format is Bouncy Castle's own. */
  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt"})
  void bcfksIsRefusedByNameWhereItCannotBeRead(String provider) throws Exception {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      ConfigurationException refused = refused(tls, store(BCFKS), PASSPHRASE);
      assertEquals(ErrorCode.ERR_OSSL_UNSUPPORTED, refused.code(), refused::getMessage);
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains(BCFKS) && message.contains(PBMAC1), message);
    }
  }

  private static ConfigurationException refused(Tls tls, Pem store, String passphrase) {
    SecureContextOptions options =
        SecureContextOptions.builder().pfx(store).passphrase(passphrase).build();
    return assertThrows(ConfigurationException.class, () -> tls.createSecureContext(options));
  }
}
