package io.tlsport.core.policy.cipher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.CipherInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CipherTableTest {
  private final List<CipherSuite> suites = CipherTable.get().suites();

  @Test
  void hasEverySuiteOnce() {
    assertEquals(suites.size(), count(suites.stream().map(CipherSuite::code).toList()));
    assertEquals(suites.size(), count(suites.stream().map(CipherSuite::name).toList()));
    assertEquals(suites.size(), count(suites.stream().map(CipherSuite::standardName).toList()));
    assertTrue(suites.size() >= 160);
  }

  private static int count(List<?> values) {
    return new HashSet<>(values).size();
  }

  @Test
  void findsSuitesByBothNames() {
    CipherSuite suite = CipherTable.get().byName("ECDHE-RSA-AES128-GCM-SHA256").orElseThrow();
    assertEquals(0xc02f, suite.code());
    assertEquals(
        Optional.of(suite),
        CipherTable.get().byStandardName("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
    assertEquals(Optional.empty(), CipherTable.get().byName("ecdhe-rsa-aes128-gcm-sha256"));
    assertTrue(CipherTable.get().knows("AES128-SHA"));
    assertTrue(CipherTable.get().knows("TLS_RSA_WITH_AES_128_CBC_SHA"));
    assertFalse(CipherTable.get().knows("AES"));
  }

  @Test
  void showsOpenSslsNamesAndNodesVersions() {
    assertEquals(
        new CipherInfo(
            "ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLSv1.2"),
        CipherNames.info("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
    assertEquals(
        new CipherInfo("TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256", "TLSv1.3"),
        CipherNames.info("TLS_AES_128_GCM_SHA256"));
    assertEquals("SSLv3", CipherNames.info("TLS_RSA_WITH_AES_256_CBC_SHA").version());
  }

  @Test
  void keepsTheNameOfASuiteThatOpenSslDoesNotHave() {
    assertEquals(
        new CipherInfo("TLS_NEW_WITH_THING", "TLS_NEW_WITH_THING", "TLSv1.2"),
        CipherNames.info("TLS_NEW_WITH_THING"));
  }
}
