package io.tlsport.core.policy.cipher;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CipherListTest {
  private static final List<String> TLS13 =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

  private static List<String> names(String list) {
    return CipherList.parse(list).stream().map(CipherSuite::name).toList();
  }

  private static List<String> older(String list) {
    return CipherList.parse(list).stream()
        .filter(suite -> !suite.isTls13())
        .map(CipherSuite::name)
        .toList();
  }

  @Test
  void readsTheSeedsOwnDefault() {
    List<String> names =
        older("ECDHE-RSA-AES128-SHA256:AES128-GCM-SHA256:RC4:HIGH:!MD5:!aNULL:!EDH");
    assertEquals("ECDHE-RSA-AES128-SHA256", names.get(0));
    assertEquals("AES128-GCM-SHA256", names.get(1));
    assertTrue(names.containsAll(List.of("RC4-SHA", "AES256-SHA")));
    assertFalse(names.contains("RC4-MD5"));
    assertFalse(names.contains("DHE-RSA-AES128-SHA"));
    assertFalse(names.contains("ADH-AES128-SHA"));
  }

  @Test
  void putsTheUsualSuitesOfTls13First() {
    assertEquals(TLS13, names("AES128-SHA").subList(0, 3));
  }

  @Test
  void takesTheSuitesOfTls13ThatAreNamedInTheirOrder() {
    assertEquals(
        List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "AES128-SHA"),
        names("TLS_AES_128_GCM_SHA256:AES128-SHA:TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256"));
  }

  @Test
  void isContentWithSuitesOfTls13Alone() {
    assertEquals(List.of("TLS_AES_128_GCM_SHA256"), names("TLS_AES_128_GCM_SHA256"));
  }

  @Test
  void takesIanaNamesOfOlderSuites() {
    assertEquals(List.of("AES128-SHA"), older("TLS_RSA_WITH_AES_128_CBC_SHA"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "ALL:!%s", "ALL:-%s", "HIGH:+%s", "%s:HIGH", "ALL:-HIGH:%s"})
  void takesEitherNameWhereverOneStands(String list) {
    for (CipherSuite suite : CipherList.parse("ALL:eNULL")) {
      if (!suite.isTls13()) {
        assertEquals(
            tried(String.format(Locale.ROOT, list, suite.name())),
            tried(String.format(Locale.ROOT, list, suite.standardName())));
      }
    }
  }

  /** What it selects, or that it selects nothing. */
  private static List<String> tried(String list) {
    try {
      return names(list);
    } catch (ConfigurationException refused) {
      return List.of(refused.code().code());
    }
  }

  @Test
  void knowsWhetherSuitesOfTls13AreChosen() {
    assertTrue(CipherList.choosesTls13("HIGH,TLS_AES_128_GCM_SHA256"));
    assertFalse(CipherList.choosesTls13("HIGH:ECDHE+AESGCM"));
    assertFalse(CipherList.choosesTls13("DEFAULT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ":,;", "foo", "foo:!bar", "!HIGH", "AES:!AES", "high"})
  void refusesAListThatSelectsNothing(String list) {
    assertRefused(
        ErrorCode.ERR_SSL_NO_CIPHER_MATCH, () -> CipherList.parse(list), "\"" + list + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HIGH:$",
        "HIGH$",
        "HIGH:+",
        "HIGH:-",
        "!",
        "AES+",
        "AES++SHA",
        "HIGH:@",
        "HIGH:@strength",
        "HIGH:@SECLEVEL",
        "HIGH:@SECLEVEL=",
        "HIGH:@SECLEVEL=6",
        "HIGH:@SECLEVEL=10",
        "HIGH:@SECLEVEL=x",
        "HIGH\t",
        "HIGH:é"
      })
  void refusesAListThatCannotBeRead(String list) {
    assertRefused(
        ErrorCode.ERR_SSL_INVALID_COMMAND, () -> CipherList.parse(list), "\"" + list + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HIGH:TLS_AES_128_GCM", "TLS_FOO", "HIGH:!TLS_FOO", "HIGH:TLS_FOO+AES"})
  void refusesAnUnknownNameOfTlsAsNodeDoes(String list) {
    assertRefused(ErrorCode.ERR_SSL_NO_CIPHER_MATCH, () -> CipherList.parse(list), "TLS_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "-", "+"})
  void refusesToTakeSuitesOfTls13AwayAsNodeDoes(String sign) {
    assertRefused(
        ErrorCode.ERR_SSL_NO_CIPHER_MATCH,
        () -> CipherList.parse("HIGH:" + sign + "TLS_AES_128_GCM_SHA256"),
        "TLS 1.3",
        "name those");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aNULL", "eNULL", "NULL-MD5", "ADH:AECDH:COMPLEMENTOFALL"})
  void keepsOutWhatHasNoAuthenticationOrEncryption(String list) {
    assertRefused(
        ErrorCode.ERR_SSL_NO_CIPHER_MATCH,
        () -> CipherList.parse(list),
        "security level 1",
        "@SECLEVEL=0");
    assertFalse(older(list + ":@SECLEVEL=0").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "kRSA, RSA",
    "kEDH, kDHE",
    "kEDH, DH",
    "EDH, DHE",
    "kEECDH, kECDHE",
    "kEECDH, ECDH",
    "EECDH, ECDHE",
    "aECDSA, ECDSA",
    "aDSS, DSS",
    "kSRP, SRP",
    "eNULL, NULL",
    "eNULL, COMPLEMENTOFALL",
    "SHA, SHA1",
    "TLSv1, TLSv1.0",
    "ARIA, ARIAGCM"
  })
  void knowsWordsByAllTheirNames(String one, String other) {
    List<String> expected = older(one + ":@SECLEVEL=0");
    assertFalse(expected.isEmpty());
    assertEquals(expected, older(other + ":@SECLEVEL=0"));
  }

  @Test
  void appliesASecurityLevelToSuitesOfTls13() {
    assertEquals(TLS13.subList(0, 2), names("AES256-GCM-SHA384:ECDHE:@SECLEVEL=4").subList(0, 2));
    assertFalse(names("ECDHE:@SECLEVEL=4").contains("TLS_AES_128_GCM_SHA256"));
  }

  @Test
  void letsTheLastSecurityLevelCountWhereverItStands() {
    assertEquals(older("HIGH:@SECLEVEL=0"), older("@SECLEVEL=5:HIGH:@SECLEVEL=0"));
    assertEquals(older("HIGH:@SECLEVEL=3"), older("@SECLEVEL=3:HIGH"));
  }

  @Test
  void countsShortTagsAsWeak() {
    assertRefused(
        ErrorCode.ERR_SSL_NO_CIPHER_MATCH, () -> CipherList.parse("AESCCM8"), "security level 1");
    assertFalse(older("AESCCM8:@SECLEVEL=0").isEmpty());
    List<String> byStrength = older("AES128:AESCCM8:@STRENGTH:@SECLEVEL=0");
    assertTrue(byStrength.get(byStrength.size() - 1).contains("CCM8"));
  }
}
