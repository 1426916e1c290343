package io.tlsport.core.policy.baseline;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.PostQuantum;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.spi.Offer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private static final List<ProtocolVersion> BOTH =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);
  private static final Offer OFFER =
      new Offer(
          BOTH,
          List.of(
              "TLS_AES_128_GCM_SHA256",
              "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
              "TLS_RSA_WITH_AES_128_CBC_SHA"),
          List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "ffdhe2048", "ffdhe3072"),
          List.of("ecdsa_secp256r1_sha256", "rsa_pkcs1_sha256"));

  private static SecurityPolicy policy(String name) {
    return SecurityPolicies.byName(name).orElseThrow();
  }

  private static List<String> suites(String list, ProtocolVersion... versions) {
    return SuiteSelection.select(
        policy("default"), Optional.of(list), OFFER, List.of(versions), true);
  }

  private static List<String> groups(String policy, SecureContextOptions.Builder options) {
    return GroupSelection.select(policy(policy), options.build(), OFFER, true, List.of(), false);
  }

  private static List<String> groups(
      SecureContextOptions.Builder options, List<String> dhe, boolean chosen) {
    return GroupSelection.select(policy("default"), options.build(), OFFER, true, dhe, chosen);
  }

  @Test
  void knowsThePoliciesByName() {
    assertEquals(
        List.of(
            "default",
            "default_tls13",
            "default_fips",
            "node-0.12",
            "fips",
            "20261130",
            "20261130_tls13",
            "20261130_fips"),
        SecurityPolicies.names());
    assertEquals(Optional.empty(), SecurityPolicies.byName("Default"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "node-0.12", "fips"})
  void allowsTls12AndTls13InEveryPolicy(String name) {
    assertEquals(ProtocolVersion.TLS_1_2, policy(name).minVersion());
    assertEquals(ProtocolVersion.TLS_1_3, policy(name).maxVersion());
    assertFalse(CipherList.parse(policy(name).ciphers()).isEmpty());
  }

  @Test
  void allowsNothingButTls13WhereTheNameSaysSo() {
    for (String name : List.of("default_tls13", "20261130_tls13")) {
      assertEquals(ProtocolVersion.TLS_1_3, policy(name).minVersion());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "fips", "20261130", "20261130_tls13", "20261130_fips"})
  void allowsForwardSecrecyAndAuthenticatedEncryptionOnly(String name) {
    for (CipherSuite suite : CipherList.parse(policy(name).ciphers())) {
      assertEquals("AEAD", suite.mac(), suite::name);
      assertTrue(suite.isTls13() || suite.keyExchange().equals("ECDH"), suite::name);
      assertFalse(suite.authentication().equals("None"), suite::name);
    }
  }

  @Test
  void allowsNothingButAesUnderFips() {
    for (CipherSuite suite : CipherList.parse(policy("fips").ciphers())) {
      assertEquals("AESGCM", suite.encryption(), suite::name);
    }
    assertEquals(List.of("secp256r1", "secp384r1"), policy("fips").groups());
  }

  @Test
  void takesTheSeedsCurveInTheSeedsPolicy() {
    assertEquals(List.of("secp256r1"), groups("node-0.12", SecureContextOptions.builder()));
  }

  @Test
  void leavesGroupsToTheEngineByDefault() {
    assertEquals(List.of(), groups("default", SecureContextOptions.builder()));
    assertEquals(List.of(), groups("default", SecureContextOptions.builder().ecdhCurve("auto")));
  }

  @ParameterizedTest
  @CsvSource({
    "prime256v1, secp256r1",
    "P-256, secp256r1",
    "secp384r1, secp384r1",
    "P-384, secp384r1",
    "X25519, x25519",
    "x25519mlkem768, X25519MLKEM768"
  })
  void knowsGroupsByAllTheirNames(String name, String group) {
    assertEquals(List.of(group), groups("default", SecureContextOptions.builder().ecdhCurve(name)));
  }

  @Test
  void keepsTheOrderOfGroups() {
    assertEquals(
        List.of("secp384r1", "x25519", "secp256r1"),
        groups("default", SecureContextOptions.builder().ecdhCurve("P-384:X25519:prime256v1")));
  }

  private static SecureContextOptions.Builder wanting(PostQuantum wanted) {
    return SecureContextOptions.builder().postQuantum(wanted);
  }

  @Test
  void prefersHybridGroupsWhereTheyExist() {
    SecureContextOptions.Builder preferring = wanting(PostQuantum.PREFER);
    assertEquals(
        List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1"),
        groups("default", preferring));
    assertEquals(List.of("X25519MLKEM768", "secp256r1"), groups("node-0.12", preferring));
    assertEquals(
        List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "ffdhe2048"),
        groups(preferring, List.of("ffdhe2048"), false));
    assertEquals(
        List.of("X25519MLKEM768", "secp384r1"),
        groups("default", wanting(PostQuantum.PREFER).ecdhCurve("P-384:X25519MLKEM768")));
    assertEquals(
        List.of("ffdhe2048", "ffdhe3072"),
        groups("default", wanting(PostQuantum.PREFER).disableEcdh()));
    Offer classic = new Offer(BOTH, List.of(), List.of("x25519"), List.of());
    assertEquals(List.of(), hybrid(preferring, classic, true));
    assertEquals(List.of(), hybrid(preferring, OFFER, false));
  }

  private static List<String> hybrid(
      SecureContextOptions.Builder options, Offer offer, boolean tls13) {
    return GroupSelection.select(
        policy("default"), options.build(), offer, tls13, List.of(), false);
  }

  @Test
  void putsTheHybridGroupFirstThatMostPeersHave() {
    Offer several =
        new Offer(
            BOTH,
            List.of(),
            List.of("secp256r1", "SecP256r1MLKEM768", "X25519MLKEM768"),
            List.of());
    assertEquals(
        List.of("X25519MLKEM768", "SecP256r1MLKEM768"),
        hybrid(wanting(PostQuantum.REQUIRE), several, true));
    assertEquals(
        List.of("X25519MLKEM768", "SecP256r1MLKEM768", "secp256r1"),
        hybrid(wanting(PostQuantum.PREFER), several, true));
  }

  @Test
  void requiresHybridGroups() {
    assertEquals(List.of("X25519MLKEM768"), groups("default", wanting(PostQuantum.REQUIRE)));
    assertEquals(List.of("X25519MLKEM768"), groups("node-0.12", wanting(PostQuantum.REQUIRE)));
    assertEquals(
        List.of("X25519MLKEM768"),
        groups("default", wanting(PostQuantum.REQUIRE).ecdhCurve("P-256:X25519MLKEM768")));
    for (SecureContextOptions.Builder none :
        List.of(
            wanting(PostQuantum.REQUIRE).ecdhCurve("P-256"),
            wanting(PostQuantum.REQUIRE).disableEcdh())) {
      assertRefused(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          () -> groups("default", none),
          "postQuantum REQUIRE",
          "X25519MLKEM768");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp521r1", "P-256:", "P-256,P-384", "brainpoolP256r1"})
  void refusesGroupsThatTheEngineLacks(String curves) {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> groups("default", SecureContextOptions.builder().ecdhCurve(curves)),
        "ecdhCurve",
        "secp384r1");
  }

  @Test
  void leavesFiniteFieldsWithoutEcdh() {
    assertEquals(
        List.of("ffdhe2048", "ffdhe3072"),
        groups("default", SecureContextOptions.builder().disableEcdh()));
    assertEquals(
        List.of("ffdhe3072"),
        groups(SecureContextOptions.builder().disableEcdh(), List.of("ffdhe3072"), true));
  }

  @Test
  void leavesSuitesOverCurvesOutWithoutEcdh() {
    assertEquals(
        List.of("TLS_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"),
        SuiteSelection.select(policy("default"), Optional.of("ECDHE:kRSA"), OFFER, BOTH, false));
    assertRefused(
        ErrorCode.ERR_SSL_NO_CIPHER_MATCH,
        () ->
            SuiteSelection.select(
                policy("default"),
                Optional.of("ECDHE"),
                OFFER,
                List.of(ProtocolVersion.TLS_1_2),
                false),
        "without ECDH");
  }

  @Test
  void putsFiniteFieldsBehindTheCurvesForDhe() {
    assertEquals(
        List.of("secp256r1", "ffdhe2048"),
        groups(SecureContextOptions.builder().ecdhCurve("P-256"), List.of("ffdhe2048"), false));
    assertEquals(
        List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "ffdhe3072"),
        groups(SecureContextOptions.builder(), List.of("ffdhe3072"), true));
    assertEquals(List.of(), groups(SecureContextOptions.builder(), List.of("ffdhe2048"), false));
  }

  @Test
  void takesSchemesThatTheEngineHasAndRefusesOthers() {
    assertEquals(
        List.of("rsa_pkcs1_sha256", "ecdsa_secp256r1_sha256"),
        SchemeSelection.select("RSA+SHA256:ECDSA+SHA256", OFFER));
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> SchemeSelection.select("RSA+SHA256:ed25519", OFFER),
        "no scheme ed25519",
        "rsa_pkcs1_sha256");
  }

  @Test
  void dropsSuitesThatNoEnabledVersionHas() {
    String list = "ECDHE+AESGCM:AES128-SHA";
    assertEquals(List.of("TLS_AES_128_GCM_SHA256"), suites(list, ProtocolVersion.TLS_1_3));
    assertEquals(
        List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"),
        suites(list, ProtocolVersion.TLS_1_2));
    assertEquals(List.of("TLS_RSA_WITH_AES_128_CBC_SHA"), suites(list, ProtocolVersion.TLS_1_0));
    assertRefused(
        ErrorCode.ERR_SSL_NO_CIPHER_MATCH,
        () -> suites("ECDHE+AESGCM", ProtocolVersion.TLS_1_1),
        "TLSv1.1");
  }

  @Test
  void refusesAListOfWhichTheEngineHasNothing() {
    assertRefused(
        ErrorCode.ERR_SSL_NO_CIPHER_MATCH,
        () -> suites("CAMELLIA", ProtocolVersion.TLS_1_2),
        "\"CAMELLIA\"",
        "TLSv1.2",
        "getCiphers()");
  }

  @Test
  void takesThePolicysListWhereNoneIsSaid() {
    assertEquals(
        List.of("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
        SuiteSelection.select(policy("default"), Optional.empty(), OFFER, BOTH, true));
  }
}
