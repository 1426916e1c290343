package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;
import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyMaterialTest {
  private static final JcaServices JCA = JcaServices.jdk();

  private final Made root = authority("CN=Root").make();
  private final Made middle = authority("CN=Middle").issuer(root).make();
  private final Made ec = leaf("CN=ec").issuer(middle).make();
  private final Made rsa =
      CertificateMaker.of("CN=rsa", Keys.rsa(2048, "material")).issuer(middle).make();
  private final Made edwards =
      CertificateMaker.of("CN=ed", Keys.ed25519("material")).issuer(root).make();

  private static List<Identity> load(SecureContextOptions.Builder options) {
    return KeyMaterial.load(options.build(), JCA).identities();
  }

  private static SecureContextOptions.Builder options() {
    return SecureContextOptions.builder();
  }

  private static Pem pem(String... texts) {
    return Pem.of(String.join("", texts));
  }

  private static List<X509Certificate> chain(Made... made) {
    return Stream.of(made).map(Made::certificate).toList();
  }

  private static List<List<X509Certificate>> chains(List<Identity> identities) {
    return identities.stream().map(Identity::chain).toList();
  }

  @Test
  void hasNoIdentityWhereNoneIsGiven() {
    assertEquals(List.of(), load(options()));
  }

  @Test
  void givesALeafTheIssuersThatFollowIt() {
    List<Identity> identities =
        load(options().key(pem(ec.keyPem())).cert(pem(ec.pem(), middle.pem(), root.pem())));
    assertEquals(List.of(chain(ec, middle, root)), chains(identities));
    assertEquals(ec.keys().getPrivate(), identities.get(0).key());
  }

  @Test
  void pairsSeveralKeysWithTheirCertificatesInAnyOrder() {
    List<Identity> identities =
        load(
            options()
                .key(pem(edwards.keyPem(), rsa.keyPem()))
                .key(pem(ec.keyPem()))
                .cert(pem(ec.pem(), middle.pem()))
                .cert(pem(rsa.pem(), middle.pem(), edwards.pem())));
    assertEquals(
        List.of(chain(ec, middle), chain(rsa, middle), chain(edwards)), chains(identities));
    assertEquals(
        List.of("EC", "RSA", "EdDSA"),
        identities.stream().map(identity -> identity.key().getAlgorithm()).toList());
  }

  @Test
  void takesIdentitiesThatAreObjects() {
    List<Identity> identities =
        load(
            options()
                .key(pem(ec.keyPem()))
                .cert(pem(ec.pem()))
                .keyEntry(rsa.keys().getPrivate(), chain(rsa, middle)));
    assertEquals(List.of(chain(ec), chain(rsa, middle)), chains(identities));
  }

  @Test
  void refusesAKeyThatDoesNotFit() {
    Made other = CertificateMaker.of("CN=ec", Keys.ec("other")).make();
    Made otherRsa = CertificateMaker.of("CN=rsa", Keys.rsa(2048, "other")).make();
    Made otherCurve = CertificateMaker.of("CN=ec", Keys.ec("secp384r1", "other")).make();
    Made otherEdwards = CertificateMaker.of("CN=ed", Keys.ed25519("other")).make();
    for (List<Made> pair :
        List.of(
            List.of(ec, other),
            List.of(ec, rsa),
            List.of(rsa, otherRsa),
            List.of(ec, otherCurve),
            List.of(edwards, otherEdwards),
            List.of(edwards, ec))) {
      assertRefused(
          ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH,
          () -> load(options().key(pem(pair.get(1).keyPem())).cert(pem(pair.get(0).pem()))),
          "key values mismatch",
          "key [text]",
          "cert [text]");
    }
  }

  @Test
  void refusesAKeyThatIsLeftOver() {
    assertRefused(
        ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH,
        () -> load(options().key(pem(ec.keyPem(), rsa.keyPem())).cert(pem(ec.pem()))),
        "a RSA key has no certificate");
  }

  @Test
  void refusesIssuersBeforeTheirLeaf() {
    assertRefused(
        ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH,
        () -> load(options().key(pem(ec.keyPem())).cert(pem(middle.pem(), ec.pem()))),
        "the first certificate");
  }

  @Test
  void refusesAKeyWithoutCertificateAndTheReverse() {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> load(options().key(pem(ec.keyPem()))),
        "key was given without cert");
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> load(options().cert(pem(ec.pem()))),
        "cert was given without key");
  }

  @Test
  void refusesAPfxBesideAKey() {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> load(options().pfx(Pem.of("x")).key(pem(ec.keyPem())).cert(pem(ec.pem()))),
        "pfx excludes key and cert");
  }

  @Test
  void refusesAuthoritiesBesideAPfxOnServersUnlessTheyAreAllowed() {
    SecureContextOptions.Builder both = options().pfx(Pem.of("x")).ca(pem(root.pem()));
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> KeyMaterial.requireServerRules(both.build()),
        "pfx and ca exclude each other",
        "pfxWithCa(true)");
    KeyMaterial.requireServerRules(both.pfxWithCa(true).build());
    KeyMaterial.requireServerRules(options().pfx(Pem.of("x")).build());
    KeyMaterial.requireServerRules(options().ca(pem(root.pem())).build());
  }

  @Test
  void namesTheFileThatIsWrong() {
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
        () -> load(options().key(pem(ec.pem())).cert(pem(ec.pem()))),
        "key (text)");
  }
}
