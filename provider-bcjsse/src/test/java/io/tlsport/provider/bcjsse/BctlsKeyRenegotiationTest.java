package io.tlsport.provider.bcjsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.PskIdentity;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Patience;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Bouncy Castle does not handshake again without a server's certificate: that is told at once. */
class BctlsKeyRenegotiationTest {
  private static final PskIdentity OURS = PskIdentity.of("a client", new byte[16]);

  private static ErrorCode refusal(TLSSocket socket) {
    CompletionException thrown =
        assertThrows(
            CompletionException.class, () -> socket.renegotiate().toCompletableFuture().join());
    return assertInstanceOf(TlsException.class, thrown.getCause()).code();
  }

  @Test
  void connectionByAKeyIsNotRenegotiatedAndGoesOn() {
    CompletableFuture<TLSSocket> accepted = new CompletableFuture<>();
    CompletableFuture<String> received = new CompletableFuture<>();
    try (Tls tls = Tls.builder().provider(new BctlsProviderFactory()).build()) {
      Server server =
          tls.createServer(
              ServerOptions.builder()
                  .context(c -> c.maxVersion(ProtocolVersion.TLS_1_2).ciphers("PSK"))
                  .pskCallback(
                      (socket, name) -> CompletableFuture.completedFuture(Optional.of(OURS.key())))
                  .build());
      server.onSecureConnection(
          socket -> {
            socket.onText(received::complete);
            accepted.complete(socket);
          });
      Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
      TLSSocket client =
          tls.connect(
              ConnectOptions.builder()
                  .port(server.address().orElseThrow().port())
                  .context(c -> c.maxVersion(ProtocolVersion.TLS_1_2).ciphers("PSK"))
                  .pskCallback(hint -> Optional.of(OURS))
                  .build());
      Patience.await(client.secured(), "secureConnect");
      assertEquals(ErrorCode.ERR_TLS_INVALID_STATE, refusal(client));
      assertEquals(
          ErrorCode.ERR_TLS_INVALID_STATE, refusal(Patience.await(accepted, "a connection")));
      client.write("after it");
      assertEquals("after it", Patience.await(received, "data"));
    }
  }
}
