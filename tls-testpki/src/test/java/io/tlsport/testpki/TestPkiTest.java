package io.tlsport.testpki;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TestPkiTest {
  private final TestPki pki = TestPki.shared();
  private final TestAuthority root = pki.authority("root of tests");

  @ParameterizedTest
  @EnumSource
  void keyBelongsToTheCertificate(KeyKind kind) throws Exception {
    TestIdentity leaf = root.leaf(CertificateSpec.server("localhost").key(kind));
    PublicKey shown = leaf.x509().getPublicKey();
    PrivateKey key =
        KeyFactory.getInstance(shown.getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(der(leaf.key().bytes())));
    Signature signature = Signature.getInstance(signatureOf(kind));
    if (kind == KeyKind.RSA_PSS_2048) {
      signature.setParameter(java.security.spec.PSSParameterSpec.DEFAULT);
    }
    signature.initSign(key);
    signature.update((byte) 7);
    byte[] signed = signature.sign();
    signature.initVerify(shown);
    signature.update((byte) 7);
    assertTrue(signature.verify(signed));
  }

  private static String signatureOf(KeyKind kind) {
    return switch (kind) {
      case RSA_2048 -> "SHA256withRSA";
      case RSA_PSS_2048 -> "RSASSA-PSS";
      case EC_P256, EC_P384 -> "SHA256withECDSA";
      case ED25519 -> "Ed25519";
    };
  }

  @Test
  void issuerSignsTheLeaf() throws Exception {
    TestIdentity leaf = root.leaf(CertificateSpec.server("a.example"));
    leaf.x509().verify(root.identity().x509().getPublicKey());
    assertEquals(
        root.identity().x509().getSubjectX500Principal(), leaf.x509().getIssuerX500Principal());
  }

  @Test
  void chainHoldsTheIntermediateButNotTheRoot() {
    TestIdentity leaf = root.authority("intermediate").leaf(CertificateSpec.server("b.example"));
    assertEquals(2, blocks(leaf.chain().bytes()));
    assertEquals(1, blocks(leaf.certificate().bytes()));
  }

  @Test
  void namesAndUsagesAreInTheCertificate() throws Exception {
    X509Certificate leaf =
        root.leaf(CertificateSpec.server("c.example", "d.example").ip("127.0.0.1")).x509();
    assertEquals(
        List.of(List.of(2, "c.example"), List.of(2, "d.example"), List.of(7, "127.0.0.1")),
        List.copyOf(leaf.getSubjectAlternativeNames()));
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), leaf.getExtendedKeyUsage());
    assertEquals(-1, leaf.getBasicConstraints());
  }

  @Test
  void onlyAuthoritiesMaySign() {
    assertTrue(root.identity().x509().getBasicConstraints() >= 0);
    assertTrue(root.identity().x509().getKeyUsage()[5]);
  }

  @Test
  void expiredIsExpired() {
    X509Certificate old = root.leaf(CertificateSpec.server("e.example").expired()).x509();
    assertThrows(CertificateExpiredException.class, old::checkValidity);
  }

  @Test
  void notYetValidIsNotYetValid() {
    X509Certificate early = root.leaf(CertificateSpec.server("f.example").notYetValid()).x509();
    assertThrows(CertificateNotYetValidException.class, early::checkValidity);
  }

  @Test
  void equalRequestsGiveOneCertificate() {
    CertificateSpec spec = CertificateSpec.client("somebody");
    assertSame(root.leaf(spec), root.leaf(CertificateSpec.client("somebody")));
    assertNotSame(root.leaf(spec), pki.authority("another root").leaf(spec));
  }

  @Test
  void selfSignedIsItsOwnIssuer() throws Exception {
    X509Certificate lone = pki.selfSigned(CertificateSpec.server("g.example")).x509();
    lone.verify(lone.getPublicKey());
    assertFalse(lone.getBasicConstraints() >= 0);
  }

  @Test
  void sameNameInTwoRequestsKeepsTheBytes() {
    TestIdentity leaf = root.leaf(CertificateSpec.server("h.example"));
    assertArrayEquals(leaf.der(), der(leaf.certificate().bytes()));
  }

  @Test
  void refusalOfTheMakerIsTold() {
    CertificateSpec bad = CertificateSpec.of("h").ip("not an address");
    IllegalStateException told = assertThrows(IllegalStateException.class, () -> root.leaf(bad));
    assertTrue(String.valueOf(told.getMessage()).contains("refuses"), told::toString);
  }

  private static int blocks(byte[] pem) {
    return (int)
        Pattern.compile("-----BEGIN")
            .matcher(new String(pem, StandardCharsets.UTF_8))
            .results()
            .count();
  }

  private static byte[] der(byte[] pem) {
    String text = new String(pem, StandardCharsets.UTF_8);
    return Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]*-----", ""));
  }
}
