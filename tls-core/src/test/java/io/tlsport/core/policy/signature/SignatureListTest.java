package io.tlsport.core.policy.signature;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureListTest {
  private static List<String> names(String list) {
    return SignatureList.parse(list).stream().map(SignatureScheme::standardName).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA+SHA256, rsa_pkcs1_sha256",
    "RSA+sha512, rsa_pkcs1_sha512",
    "RSA-PSS+SHA384, rsa_pss_rsae_sha384",
    "PSS+SHA256, rsa_pss_rsae_sha256",
    "ECDSA+SHA256, ecdsa_secp256r1_sha256",
    "ECDSA+SHA384, ecdsa_secp384r1_sha384",
    "ECDSA+SHA512, ecdsa_secp521r1_sha512",
    "RSA+SHA1, rsa_pkcs1_sha1",
    "rsa_pss_pss_sha256, rsa_pss_pss_sha256",
    "ed25519, ed25519"
  })
  void knowsBothSpellings(String word, String scheme) {
    assertEquals(List.of(scheme), names(word));
  }

  @Test
  void keepsTheOrderAndTakesEachOnce() {
    assertEquals(
        List.of("ed25519", "ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256"),
        names("ed25519:ECDSA+SHA256:ed25519:RSA-PSS+SHA256:rsa_pss_rsae_sha256"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "RSA",
        "SHA256",
        "RSA+",
        "+SHA256",
        "RSA+MD4",
        "RSA+Sha256",
        "rsa+SHA256",
        "RSA+SHA256:",
        "RSA SHA256",
        "RSA_PSS_RSAE_SHA256",
        "ed25519+SHA512",
        "RSA+SHA256+SHA384"
      })
  void refusesWordsThatAreNone(String list) {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE, () -> SignatureList.parse(list), "sigalgs", list);
  }
}
