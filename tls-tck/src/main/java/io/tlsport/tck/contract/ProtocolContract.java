package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Which protocol versions are enabled. */
public abstract class ProtocolContract extends ProviderContract {
  private static final long NO_TICKET = 1L << 14;
  private static final long CIPHER_SERVER_PREFERENCE = 1L << 22;
  private static final long NO_SSL_3 = 1L << 25;
  private static final long NO_TLS_1_2 = 1L << 27;
  private static final long NO_TLS_1_3 = 1L << 29;

  private Optional<ProtocolVersion> agreed(
      ConnectOptions.Builder client, Consumer<SecureContextOptions.Builder> server) {
    ServerCapture listener = bench().listen(server(Identities.server()).context(server).build());
    return bench().connect(listener.port(), client).awaitSecure().protocol();
  }

  @Rule("16.1")
  @Test
  void methodOfTls12IsTls12Alone() {
    for (String method : new String[] {"TLSv1_2_method", "TLSv1_2_server_method"}) {
      assertEquals(
          Optional.of(ProtocolVersion.TLS_1_2),
          agreed(client(), c -> c.secureProtocol(method)),
          method);
    }
  }

  @Rule("16.1")
  @Test
  void methodOfAnyVersionIsWhatThePolicySays() {
    for (String method : new String[] {"TLS_method", "SSLv23_method", "SSLv23_server_method"}) {
      assertEquals(
          Optional.of(ProtocolVersion.TLS_1_3),
          agreed(client(), c -> c.secureProtocol(method)),
          method);
    }
  }

  @Rule("16.1")
  @Test
  void refusesMethodsThatAreUnknownOrBroken() {
    for (String method : new String[] {"hello", "", "SSLv2_method", "SSLv3_method"}) {
      assertRefused(ErrorCode.ERR_TLS_INVALID_PROTOCOL_METHOD, c -> c.secureProtocol(method));
    }
  }

  private void assertRefused(ErrorCode code, Consumer<SecureContextOptions.Builder> change) {
    SecureContextOptions.Builder options = SecureContextOptions.builder();
    change.accept(options);
    assertRefused(code, () -> tls().createSecureContext(options.build()));
  }

  private static void assertRefused(ErrorCode code, Executable call) {
    assertEquals(code, assertThrows(ConfigurationException.class, call).code());
  }

  @Rule("16.2")
  @Test
  void refusesARangeThatIsEmpty() {
    assertRefused(
        ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION,
        c -> c.minVersion(ProtocolVersion.TLS_1_3).maxVersion(ProtocolVersion.TLS_1_2));
  }

  @Rule("16.2")
  @Test
  void refusesAMethodBesideARange() {
    assertRefused(
        ErrorCode.ERR_TLS_PROTOCOL_VERSION_CONFLICT,
        c -> c.secureProtocol("TLS_method").minVersion(ProtocolVersion.TLS_1_2));
    assertRefused(
        ErrorCode.ERR_TLS_PROTOCOL_VERSION_CONFLICT,
        c -> c.secureProtocol("TLSv1_2_method").maxVersion(ProtocolVersion.TLS_1_2));
  }

  @Rule("16.3")
  @EachVersion
  void defaultVersionsBelongToOneTls(ProtocolVersion version) {
    Tls narrow =
        bench().tls(builder -> builder.defaultMinVersion(version).defaultMaxVersion(version));
    assertEquals(version, narrow.defaultMinVersion());
    assertEquals(version, narrow.defaultMaxVersion());
    assertEquals(ProtocolVersion.TLS_1_2, tls().defaultMinVersion());
    assertEquals(ProtocolVersion.TLS_1_3, tls().defaultMaxVersion());
    ServerCapture server = bench().listen(server(Identities.server()).build());
    Capture client = bench().connect(narrow, server.port(), client());
    assertEquals(Optional.of(version), client.awaitSecure().protocol());
  }

  @Rule("16.3")
  @Test
  void anOptionWinsOverADefault() {
    Tls narrow = bench().tls(builder -> builder.defaultMinVersion(ProtocolVersion.TLS_1_3));
    ServerCapture server = bench().listen(server(Identities.server()).build());
    Capture client = bench().connect(narrow, server.port(), client(ProtocolVersion.TLS_1_2));
    assertEquals(Optional.of(ProtocolVersion.TLS_1_2), client.awaitSecure().protocol());
  }

  @Rule("16.3")
  @Test
  void refusesADefaultRangeThatIsEmpty() {
    assertRefused(
        ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION,
        () ->
            bench()
                .kit()
                .newTls()
                .defaultMinVersion(ProtocolVersion.TLS_1_3)
                .defaultMaxVersion(ProtocolVersion.TLS_1_2)
                .build()
                .close());
  }

  @Rule("16.7")
  @Test
  void bitsOfSecureOptionsTakeVersionsAway() {
    assertEquals(
        Optional.of(ProtocolVersion.TLS_1_2), agreed(client(), c -> c.secureOptions(NO_TLS_1_3)));
    assertEquals(
        Optional.of(ProtocolVersion.TLS_1_2),
        agreed(client().context(c -> c.secureOptions(NO_TLS_1_3 | NO_SSL_3)), c -> {}));
    ServerCapture server =
        bench()
            .listen(server(Identities.server()).context(c -> c.secureOptions(NO_TLS_1_2)).build());
    Capture refused = bench().connect(server.port(), client(ProtocolVersion.TLS_1_2));
    assertEquals(ErrorCode.ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION, refused.awaitError().code());
  }

  @Rule("16.7")
  @Test
  void bitOfSecureOptionsHonorsTheServersOrder() {
    String strongFirst = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
    String fastFirst = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384";
    ServerCapture listener =
        bench()
            .listen(
                server(ProtocolVersion.TLS_1_2)
                    .context(c -> c.ciphers(strongFirst).secureOptions(CIPHER_SERVER_PREFERENCE))
                    .build());
    ConnectOptions.Builder client =
        client(ProtocolVersion.TLS_1_2).context(c -> c.ciphers(fastFirst));
    assertEquals(
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        bench().connect(listener.port(), client).awaitSecure().cipher().orElseThrow().name());
  }

  @Rule("16.7")
  @Test
  void refusesBitsOfSecureOptionsWithoutAMeaning() {
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, c -> c.secureOptions(NO_TICKET));
    assertRefused(
        ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION, c -> c.secureOptions(NO_TLS_1_2 | NO_TLS_1_3));
  }
}
