package io.tlsport.provider.conscrypt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.PskIdentity;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Patience;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** BoringSSL has smaller limits than the API: what does not fit is named, and not cut. */
class ConscryptPreSharedKeysTest {
  private final Tls tls = Tls.builder().provider(new ConscryptProviderFactory()).build();
  private final CompletableFuture<ErrorCode> ofServer = new CompletableFuture<>();
  private final CompletableFuture<ErrorCode> ofClient = new CompletableFuture<>();

  @AfterEach
  void close() {
    tls.close();
  }

  private void handshake(ServerOptions.Builder options, PskIdentity identity) {
    Server server =
        tls.createServer(
            options
                .context(c -> c.maxVersion(ProtocolVersion.TLS_1_2).ciphers("PSK"))
                .pskCallback(
                    (socket, name) ->
                        CompletableFuture.completedFuture(Optional.of(identity.key())))
                .build());
    server.onClientError((error, socket) -> ofServer.complete(error.code()));
    Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
    TLSSocket client =
        tls.connect(
            ConnectOptions.builder()
                .port(server.address().orElseThrow().port())
                .context(c -> c.maxVersion(ProtocolVersion.TLS_1_2).ciphers("PSK"))
                .pskCallback(hint -> Optional.of(identity))
                .build());
    client.onError(error -> ofClient.complete(error.code()));
    Patience.await(client.closed(), "close");
  }

  @Test
  void longIdentityIsNamed() {
    handshake(ServerOptions.builder(), PskIdentity.of("i".repeat(129), new byte[16]));
    assertEquals(ErrorCode.ERR_OUT_OF_RANGE, Patience.await(ofClient, "an error"));
  }

  @Test
  void longKeyIsNamed() {
    handshake(ServerOptions.builder(), PskIdentity.of("i", new byte[257]));
    assertEquals(ErrorCode.ERR_OUT_OF_RANGE, Patience.await(ofClient, "an error"));
  }

  @Test
  void longHintIsNamed() {
    handshake(
        ServerOptions.builder().pskIdentityHint("h".repeat(129)),
        PskIdentity.of("i", new byte[16]));
    assertEquals(ErrorCode.ERR_OUT_OF_RANGE, Patience.await(ofServer, "an error"));
    assertEquals(
        ErrorCode.ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR, Patience.await(ofClient, "an error"));
  }
}
