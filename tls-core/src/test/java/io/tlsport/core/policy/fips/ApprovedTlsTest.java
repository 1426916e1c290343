package io.tlsport.core.policy.fips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.EphemeralKeyInfo;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.policy.baseline.SecurityPolicies;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.spi.Identity;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovedTlsTest {
  private static final List<ProtocolVersion> NEW =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);
  private static final List<String> SUITES = List.of("TLS_AES_128_GCM_SHA256");
  private static final List<String> GROUPS = List.of("secp256r1");
  private static final List<String> SCHEMES = List.of("ecdsa_secp256r1_sha256");

  @Test
  void thePolicyOfThatNameIsApproved() {
    SecurityPolicy fips = SecurityPolicies.byName("fips").orElseThrow();
    List<String> suites =
        CipherList.parse(fips.ciphers()).stream().map(CipherSuite::standardName).toList();
    FipsStatus status =
        new FipsStatus(
            ApprovedTls.of(
                List.of(fips.minVersion(), fips.maxVersion()),
                suites,
                fips.groups(),
                fips.schemes(),
                fips.securityLevel()));
    assertFalse(suites.isEmpty());
    assertTrue(status.approved(), status::refusal);
  }

  @Test
  void everyPartThatIsNotApprovedIsNamed() {
    FipsStatus status =
        new FipsStatus(
            ApprovedTls.of(
                List.of(ProtocolVersion.TLS_1_1, ProtocolVersion.TLS_1_2),
                List.of("TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"),
                List.of("secp384r1", "x25519"),
                List.of("ed25519", "rsa_pss_rsae_sha256"),
                1));
    assertFalse(status.approved());
    assertEquals(5, status.parts().size());
    for (String named :
        List.of(
            "TLSv1.1 not",
            "CHACHA20_POLY1305_SHA256 not",
            "x25519 not",
            "ed25519 not",
            "level 1")) {
      assertTrue(status.refusal().contains(named), status::refusal);
    }
    assertFalse(status.refusal().contains("secp384r1"), status::refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_AES_256_GCM_SHA384, true",
    "TLS_AES_128_CCM_SHA256, true",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true",
    "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256, true",
    "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256, true",
    "TLS_AES_128_CCM_8_SHA256, false",
    "TLS_RSA_WITH_AES_128_GCM_SHA256, false",
    "TLS_RSA_PSK_WITH_AES_128_GCM_SHA256, false",
    "TLS_DH_anon_WITH_AES_128_GCM_SHA256, false",
    "TLS_DHE_DSS_WITH_AES_128_GCM_SHA256, false",
    "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, false",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, false",
    "TLS_ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256, false",
    "TLS_ECDHE_ECDSA_WITH_NULL_SHA, false",
    "TLS_NO_SUCH_SUITE, false"
  })
  void suitesOfAesWithKeysThatAreExchanged(String suite, boolean approved) {
    assertEquals(approved, ApprovedTls.suite(suite));
  }

  @ParameterizedTest
  @CsvSource({
    "ecdsa_secp521r1_sha512, true",
    "rsa_pss_pss_sha384, true",
    "rsa_pkcs1_sha256, true",
    "rsa_pkcs1_sha1, false",
    "ecdsa_sha1, false",
    "ecdsa_sha224, false",
    "ed25519, false",
    "ed448, false",
    "mldsa44, false"
  })
  void schemesOfRsaAndEcdsaWithSha2(String scheme, boolean approved) {
    assertEquals(approved, ApprovedTls.scheme(scheme));
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1, true",
    "secp521r1, true",
    "ffdhe3072, true",
    "x25519, false",
    "x448, false",
    "X25519MLKEM768, false",
    "secp256k1, false",
    "brainpoolP256r1tls13, false"
  })
  void groupsOfNist(String group, boolean approved) {
    assertEquals(approved, ApprovedTls.group(group));
  }

  private static Identity identity(KeyPair keys, String algorithm) {
    Made made = CertificateMaker.of("CN=localhost", keys).algorithm(algorithm).make();
    return new Identity(keys.getPrivate(), List.of(made.certificate()));
  }

  private static KeyPair keys(String algorithm, int size) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA256withRSA, ''",
    "EC, 256, SHA256withECDSA, ''",
    "EC, 384, SHA256withECDSA, ''",
    "EC, 521, SHA256withECDSA, ''",
    "RSA, 1024, SHA256withRSA, RSA with 1024 bits is not approved",
    "Ed25519, 255, Ed25519, is not approved"
  })
  void keysOfIdentities(String algorithm, int size, String signature, String refusal)
      throws GeneralSecurityException {
    FipsStatus status =
        new FipsStatus(ApprovedTls.of(List.of(identity(keys(algorithm, size), signature))));
    assertEquals(refusal.isEmpty(), status.approved(), status::refusal);
    assertTrue(status.refusal().contains(refusal), status::refusal);
  }

  @Test
  void signaturesOnCertificatesCountTooAndEachIdentityIsNamed() throws GeneralSecurityException {
    Made authority = CertificateMaker.authority("CN=root").make();
    KeyPair keys = keys("EC", 256);
    Made leaf =
        CertificateMaker.of("CN=weak", keys).issuer(authority).algorithm("SHA1withECDSA").make();
    FipsStatus status =
        new FipsStatus(
            ApprovedTls.of(
                List.of(
                    new Identity(
                        keys.getPrivate(), List.of(leaf.certificate(), authority.certificate())),
                    identity(keys("RSA", 1024), "SHA256withRSA"))));
    assertTrue(status.refusal().contains("CN=weak"), status::refusal);
    assertTrue(status.refusal().contains("CN=localhost: a key of RSA with 1024"), status::refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prime256v1", "X25519"})
  void whatWasNegotiatedIsTold(String curve) {
    FipsStatus status =
        new FipsStatus(
            ApprovedTls.of(
                ProtocolVersion.TLS_1_3,
                SUITES.get(0),
                Optional.of(
                    new EphemeralKeyInfo(EphemeralKeyInfo.Type.ECDH, Optional.of(curve), 256)),
                List.of()));
    assertEquals(curve.equals("prime256v1"), status.approved(), status::refusal);
    assertTrue(status.parts().toString().contains("TLSv1.3, TLS_AES_128_GCM_SHA256"));
    assertFalse(
        new FipsStatus(
                ApprovedTls.of(ProtocolVersion.TLS_1_1, SUITES.get(0), Optional.empty(), List.of()))
            .approved());
  }

  @Test
  void nothingIsLostWhereEverythingIsApproved() {
    FipsStatus status = new FipsStatus(ApprovedTls.of(NEW, SUITES, GROUPS, SCHEMES, 2));
    assertTrue(status.approved());
    assertEquals("", status.refusal());
    assertTrue(status.parts().toString().contains("TLSv1.2, TLSv1.3"));
  }
}
