package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CiphersCommandTest {
  private static final String LIST =
      "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:unknown";
  private static final String TLS13 =
      "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";

  static List<String> providers() {
    return Providers.names().toList();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void printsNamesInOrderOnOneLine(String provider) {
    CommandRun run = CommandRun.start("ciphers", "--provider", provider, LIST);
    assertEquals(0, run.status(), run::toString);
    assertEquals(
        TLS13 + ":ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384\n", run.output());
    assertEquals("", run.errors());
  }

  @Test
  void printsTheColumnsOfOpenSslOnDemand() {
    CommandRun run =
        CommandRun.start(
            "ciphers", "-v", "--provider", "jdk", "TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES256-SHA");
    assertEquals(0, run.status(), run::toString);
    // As openssl ciphers -v -stdname of OpenSSL 3.0 prints them.
    assertEquals(
        """
        TLS_AES_128_GCM_SHA256                        - TLS_AES_128_GCM_SHA256         TLSv1.3 \
        Kx=any      Au=any   Enc=AESGCM(128)            Mac=AEAD
        TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA            - ECDHE-RSA-AES256-SHA           TLSv1   \
        Kx=ECDH     Au=RSA   Enc=AES(256)               Mac=SHA1
        """,
        run.output());
  }

  @Test
  void speaksJsonOnDemand() {
    CommandRun run =
        CommandRun.start("ciphers", "--json", "--provider", "bcjsse", "AES128-GCM-SHA256");
    assertEquals(0, run.status(), run::toString);
    assertEquals(List.of("cipher", "cipher", "cipher", "cipher"), run.eventNames());
    JsonNode suite = run.allEvents().get(3);
    assertEquals("AES128-GCM-SHA256", suite.get("name").textValue());
    assertEquals("TLS_RSA_WITH_AES_128_GCM_SHA256", suite.get("standardName").textValue());
    assertEquals("TLSv1.2", suite.get("version").textValue());
    assertEquals("RSA", suite.get("keyExchange").textValue());
    assertEquals("RSA", suite.get("authentication").textValue());
    assertEquals("AESGCM", suite.get("encryption").textValue());
    assertEquals(128, suite.get("bits").intValue());
    assertEquals("AEAD", suite.get("mac").textValue());
    assertEquals("0x009c", suite.get("code").textValue());
  }

  @Test
  void takesTheListOfThePolicyWithoutAnother() {
    CommandRun modern = CommandRun.start("ciphers", "--provider", "jdk");
    assertEquals(0, modern.status(), modern::toString);
    assertTrue(
        modern.output().startsWith(TLS13 + ":ECDHE-ECDSA-AES256-GCM-SHA384:"), modern::toString);
    CommandRun old = CommandRun.start("ciphers", "--provider", "jdk", "--policy", "node-0.12");
    assertEquals(0, old.status(), old::toString);
    assertTrue(old.output().startsWith(TLS13 + ":ECDHE-RSA-AES128-SHA256:"), old::toString);
  }

  @Test
  void refusesAChoiceThatTheProviderCannotMake() {
    CommandRun run =
        CommandRun.start("ciphers", "--json", "--provider", "conscrypt", "TLS_AES_128_GCM_SHA256");
    assertEquals(3, run.status(), run::toString);
    assertEquals("UnsupportedFeature", run.event("error").get("code").textValue());
  }
}
