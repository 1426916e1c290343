package io.tlsport.provider.bcjsse.fips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import io.tlsport.provider.bcjsse.BcjsseProviderFactory;
import io.tlsport.provider.bcjsse.BctlsProviderFactory;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench;
import io.tlsport.testpki.TestIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Stream;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The key stores that the FIPS module approves: made by it, and given as {@code pfx}. */
class KeyStoreFormsTest {
  private static final String PASSPHRASE = "fourteen bytes";
  private static final Provider MODULE = module();
  private static final Provider ENGINE = new BouncyCastleJsseProvider(true, MODULE);

  private static Provider module() {
    try {
      return Class.forName("org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider")
          .asSubclass(Provider.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException missing) {
      throw new IllegalStateException(missing);
    }
  }

  static Stream<Arguments> forms() {
    return Stream.of(new BcjsseProviderFactory(), new BctlsProviderFactory())
        .flatMap(
            factory ->
                Stream.of("BCFKS", "PKCS12-PBMAC1").map(type -> Arguments.of(factory, type)));
  }

  private static Pem store(String type) throws Exception {
    TestIdentity identity = Identities.server();
    Collection<? extends Certificate> chain =
        CertificateFactory.getInstance("X.509", MODULE)
            .generateCertificates(new ByteArrayInputStream(identity.chain().bytes()));
    PrivateKey key =
        KeyFactory.getInstance("EC", MODULE)
            .generatePrivate(new PKCS8EncodedKeySpec(der(identity.key())));
    KeyStore store = KeyStore.getInstance(type, type.equals("BCFKS") ? MODULE : ENGINE);
    store.load(null, PASSPHRASE.toCharArray());
    store.setKeyEntry("server", key, PASSPHRASE.toCharArray(), chain.toArray(new Certificate[0]));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, PASSPHRASE.toCharArray());
    return Pem.of(out.toByteArray());
  }

  private static byte[] der(Pem pem) {
    String text = new String(pem.bytes(), java.nio.charset.StandardCharsets.US_ASCII);
    return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
  }

  private static Tls required(TlsProviderFactory factory) {
    return Tls.builder().provider(factory).requireFips().build();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void areShownByServers(TlsProviderFactory factory, String type) throws Exception {
    Pem store = store(type);
    Workbench bench = new Workbench(() -> factory);
    Tls tls = bench.keep(required(factory));
    ServerCapture server =
        bench.listen(
            tls, ServerOptions.builder().context(c -> c.pfx(store).passphrase(PASSPHRASE)).build());
    Capture client =
        bench.connect(
            tls, server.port(), ConnectOptions.builder().context(c -> c.ca(Identities.ca())));
    assertTrue(client.awaitSecure().authorized());
    assertTrue(server.next().socket().fipsStatus().approved());
    bench.clear();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void sayWhenThePassphraseIsWrong(TlsProviderFactory factory, String type) throws Exception {
    Pem store = store(type);
    try (Tls tls = required(factory)) {
      assertRefused(
          tls,
          SecureContextOptions.builder().pfx(store).passphrase("fourteen other"),
          ErrorCode.ERR_OSSL_BAD_DECRYPT);
    }
  }

  private static void assertRefused(Tls tls, SecureContextOptions.Builder options, ErrorCode code) {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> tls.createSecureContext(options.build()));
    assertEquals(code, refused.code(), refused::getMessage);
  }
}
