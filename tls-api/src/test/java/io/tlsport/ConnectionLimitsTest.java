package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
  /** docs/hardening.md promises these. */
  @Test
  void haveDefaults() {
    ConnectionLimits limits = ConnectionLimits.DEFAULT;
    assertEquals(65_536, limits.helloBytes());
    assertEquals(524_288, limits.handshakeBytes());
    assertEquals(32, limits.silentRecords());
    assertEquals(65_536, limits.unreadAnswers());
    assertEquals(10, limits.chainCertificates());
    assertEquals(131_072, limits.chainBytes());
    assertEquals(8192, limits.keyBits());
    assertEquals(100, limits.signatures());
    assertEquals(Duration.ofSeconds(2), limits.verifyTime());
    assertEquals(200, limits.spareDescriptors());
  }

  @Test
  void canBeSet() {
    ConnectionLimits limits =
        ConnectionLimits.builder()
            .helloBytes(1024)
            .handshakeBytes(65_536)
            .silentRecords(1)
            .unreadAnswers(1025)
            .chainCertificates(2)
            .chainBytes(1026)
            .keyBits(2048)
            .signatures(3)
            .verifyTime(Duration.ofMillis(4))
            .spareDescriptors(0)
            .build();
    assertEquals(1024, limits.helloBytes());
    assertEquals(65_536, limits.handshakeBytes());
    assertEquals(1, limits.silentRecords());
    assertEquals(1025, limits.unreadAnswers());
    assertEquals(2, limits.chainCertificates());
    assertEquals(1026, limits.chainBytes());
    assertEquals(2048, limits.keyBits());
    assertEquals(3, limits.signatures());
    assertEquals(Duration.ofMillis(4), limits.verifyTime());
    assertEquals(0, limits.spareDescriptors());
  }

  @Test
  void refuseWhatNoPeerCouldKeepTo() {
    List<Consumer<ConnectionLimits.Builder>> wrong =
        List.of(
            b -> b.helloBytes(1023),
            b -> b.helloBytes(0x1000000),
            b -> b.handshakeBytes(65_535),
            b -> b.silentRecords(0),
            b -> b.unreadAnswers(1023),
            b -> b.chainCertificates(0),
            b -> b.chainBytes(1023),
            b -> b.keyBits(2047),
            b -> b.signatures(0),
            b -> b.verifyTime(Duration.ZERO),
            b -> b.spareDescriptors(-1));
    for (Consumer<ConnectionLimits.Builder> one : wrong) {
      ConfigurationException refused =
          assertThrows(ConfigurationException.class, () -> one.accept(ConnectionLimits.builder()));
      assertEquals(ErrorCode.ERR_OUT_OF_RANGE, refused.code());
      assertTrue(refused.getMessage().contains("must be"), refused.getMessage());
    }
  }
}
