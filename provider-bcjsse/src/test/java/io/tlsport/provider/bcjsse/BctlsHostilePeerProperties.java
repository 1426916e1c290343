package io.tlsport.provider.bcjsse;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.spi.Identity;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestPki;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a peer sends: an {@link SSLException}, an alert, or nothing; never anything else. */
class BctlsHostilePeerProperties {
  static final Identity IDENTITY = identity();

  private static Identity identity() {
    TestIdentity made =
        TestPki.shared().selfSigned(CertificateSpec.server("localhost").key(KeyKind.EC_P256));
    String text = new String(made.key().bytes(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    try {
      return new Identity(
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
          List.of(made.x509()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static BctlsPair pair(boolean tls13) {
    return new BctlsPair(tls13 ? ProtocolVersion.TLS_1_3 : ProtocolVersion.TLS_1_2, IDENTITY);
  }

  @Property(tries = 300)
  void serverSurvivesAnyBytes(@ForAll boolean tls13, @ForAll @Size(max = 300) byte[] bytes) {
    survives(pair(tls13).server, bytes);
  }

  @Property(tries = 300)
  void serverSurvivesAnyHandshakeMessage(
      @ForAll boolean tls13,
      @ForAll @IntRange(min = 0, max = 30) int type,
      @ForAll @Size(max = 200) byte[] body) {
    survives(pair(tls13).server, message(type, body));
  }

  @Property(tries = 300)
  void clientSurvivesAnyHandshakeMessage(
      @ForAll boolean tls13,
      @ForAll @IntRange(min = 0, max = 30) int type,
      @ForAll @Size(max = 200) byte[] body)
      throws SSLException {
    SSLEngine client = pair(tls13).client;
    BctlsPair.wrap(client);
    survives(client, message(type, body));
  }

  @Property(tries = 150)
  void eachSideSurvivesAChangedFlight(
      @ForAll boolean tls13,
      @ForAll @IntRange(min = 0, max = 3) int flight,
      @ForAll @IntRange(min = 0, max = 20_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change)
      throws SSLException {
    BctlsPair pair = pair(tls13);
    SSLEngine from = pair.client;
    SSLEngine to = pair.server;
    for (int i = 0; i < flight; i++) {
      BctlsPair.unwrap(to, BctlsPair.wrap(from));
      SSLEngine turn = from;
      from = to;
      to = turn;
    }
    byte[] bytes = BctlsPair.wrap(from);
    if (bytes.length > 0) {
      bytes[place % bytes.length] ^= (byte) change;
      survives(to, bytes);
    }
  }

  private static byte[] message(int type, byte[] body) {
    byte[] record = new byte[9 + body.length];
    record[0] = 22;
    record[1] = 3;
    record[2] = 3;
    record[3] = (byte) ((body.length + 4) >> 8);
    record[4] = (byte) (body.length + 4);
    record[5] = (byte) type;
    record[7] = (byte) (body.length >> 8);
    record[8] = (byte) body.length;
    System.arraycopy(body, 0, record, 9, body.length);
    return record;
  }

  private static void survives(SSLEngine engine, byte[] bytes) {
    try {
      BctlsPair.unwrap(engine, bytes);
    } catch (SSLException typed) {
      assertNotEquals(
          ErrorCode.ERR_PROVIDER_FAILURE,
          BouncyCastleFaults.explain(typed).code(),
          typed::toString);
      assertTrue(engine.isInboundDone(), "nothing is read after a failure");
    }
  }
}
