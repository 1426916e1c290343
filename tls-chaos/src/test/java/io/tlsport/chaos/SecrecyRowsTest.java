package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.HelloBytes;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.junit.jupiter.api.Timeout;

/** What a peer could learn from answers, and what it could make us unpack. */
@Timeout(60)
class SecrecyRowsTest {
  private static final int SUITE = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA;

  /**
   * The alert for one record of CBC of which that byte, counted from its end, is damaged: the last
   * block has the padding, and the first one only data under the MAC.
   */
  private static int alert(String provider, int fromEnd) throws IOException {
    TestIdentity identity = Identities.server();
    AtomicBoolean damaging = new AtomicBoolean();
    try (Victim victim =
            Victim.of(
                provider,
                options ->
                    options.context(
                        context ->
                            context
                                .key(identity.key())
                                .cert(identity.chain())
                                .ciphers("ECDHE-ECDSA-AES128-SHA")));
        TlsAttacker attacker =
            TlsAttacker.connect(
                victim.port(),
                SUITE,
                bytes -> {
                  if (damaging.get()) {
                    bytes[bytes.length - fromEnd] ^= 1;
                  }
                  return bytes;
                })) {
      attacker.write((byte) 1);
      assertArrayEquals(new byte[] {1}, attacker.read(1));
      damaging.set(true);
      attacker.write(new byte[64]);
      TlsFatalAlertReceived told =
          assertThrows(TlsFatalAlertReceived.class, () -> attacker.read(1));
      victim.broke(1, ErrorCode.ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
      victim.isFreeAfter(attacker);
      return told.getAlertDescription();
    }
  }

  @EachProvider
  void row34_wrongPaddingAndAWrongMacAreToldAlike(String provider) throws IOException {
    assertEquals(AlertDescription.bad_record_mac, alert(provider, 1));
    assertEquals(AlertDescription.bad_record_mac, alert(provider, 64));
  }

  /** RSA key exchange, which Bleichenbacher's and Marvin's attacks need, is off by default. */
  @EachProvider
  void row34_thereIsNoKeyExchangeByRsaByDefault(String provider) throws IOException {
    try (Victim victim =
        Victim.of(
            provider,
            options -> {
              TestIdentity rsa = Identities.server(KeyKind.RSA_2048);
              options.context(context -> context.key(rsa.key()).cert(rsa.chain()));
            })) {
      TlsFatalAlertReceived told =
          assertThrows(
              TlsFatalAlertReceived.class,
              () ->
                  TlsAttacker.connect(
                      victim.port(), CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, bytes -> bytes));
      assertEquals(AlertDescription.handshake_failure, told.getAlertDescription());
      victim.failedByPeers(1);
    }
  }

  /** Nobody can send what was not offered (RFC 8879 section 4): no engine unpacks anything. */
  @EachProvider
  void row25_compressedCertificatesAreNotOffered(String provider) throws IOException {
    CompletableFuture<byte[]> hello = new CompletableFuture<>();
    try (HostileServer server =
            HostileServer.raw(socket -> hello.complete(HostileServer.readRecord(socket)));
        Tls tls = Tls.builder().provider(provider).build()) {
      tls.connect(
              ConnectOptions.builder()
                  .host("127.0.0.1")
                  .port(server.port())
                  .servername("localhost")
                  .context(context -> context.ca(Identities.ca()))
                  .build())
          .onError(error -> {});
      byte[] sent = Patience.await(hello, "the hello");
      assertEquals("", HelloBytes.content(sent, TlsAttacker.COMPRESS_CERTIFICATE));
      assertFalse(
          HelloBytes.list(sent, HelloBytes.SIGNATURE_ALGORITHMS).isEmpty(), "it is a hello");
    }
  }

  /** The attacker would not understand one: that it is served shows that none came. */
  @EachProvider
  void row25_serversDoNotCompressTheirs(String provider) throws IOException {
    try (Victim victim = Victim.of(provider);
        TlsAttacker attacker = TlsAttacker.decompressing(victim.port())) {
      attacker.write((byte) 1);
      assertArrayEquals(new byte[] {1}, attacker.read(1));
    }
  }
}
