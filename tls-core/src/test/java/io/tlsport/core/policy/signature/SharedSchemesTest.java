package io.tlsport.core.policy.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ProtocolVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The expected lists are what Node 20 printed for the same two lists. */
class SharedSchemesTest {
  private static final List<String> OURS =
      List.of(
          "rsa_pss_rsae_sha512",
          "rsa_pkcs1_sha256",
          "ecdsa_secp384r1_sha384",
          "ed25519",
          "ed448",
          "rsa_pss_pss_sha256");

  private static final List<Integer> THEIRS =
      Stream.of(
              "ed448",
              "ed25519",
              "rsa_pkcs1_sha256",
              "ecdsa_secp384r1_sha384",
              "rsa_pss_rsae_sha512",
              "rsa_pss_pss_sha256")
          .map(name -> SignatureScheme.byName(name).orElseThrow().code())
          .toList();

  private static List<String> shared(ProtocolVersion version, boolean ourOrder) {
    return SharedSchemes.words(SharedSchemes.of(THEIRS, OURS, version, ourOrder));
  }

  @Test
  void followsTheOneWhoDecides() {
    assertEquals(
        List.of(
            "RSA-PSS+SHA512",
            "RSA+SHA256",
            "ECDSA+SHA384",
            "Ed25519+UNDEF",
            "Ed448+UNDEF",
            "RSA-PSS+SHA256"),
        shared(ProtocolVersion.TLS_1_3, true));
    assertEquals(
        List.of(
            "Ed448+UNDEF",
            "Ed25519+UNDEF",
            "RSA+SHA256",
            "ECDSA+SHA384",
            "RSA-PSS+SHA512",
            "RSA-PSS+SHA256"),
        shared(ProtocolVersion.TLS_1_2, false));
  }

  @Test
  void leavesOutWhatOneSideLacks() {
    assertEquals(
        List.of(SignatureScheme.ECDSA_SECP256R1_SHA256),
        SharedSchemes.of(
            List.of(0x2a2a, 0x0403, 0x0403, 0x0804),
            List.of("ed25519", "ecdsa_secp256r1_sha256"),
            ProtocolVersion.TLS_1_2,
            false));
  }

  @Test
  void isEmptyBeforeTls12() {
    assertEquals(List.of(), shared(ProtocolVersion.TLS_1_1, true));
    assertEquals(List.of(), shared(ProtocolVersion.TLS_1_0, false));
  }
}
