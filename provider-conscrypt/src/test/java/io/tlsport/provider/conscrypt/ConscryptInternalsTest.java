package io.tlsport.provider.conscrypt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.Support;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** With internals allowed, a session of TLS 1.3 is good wherever its bytes are. */
class ConscryptInternalsTest {
  private static Tls tls(boolean internals) {
    return Tls.builder().provider(new ConscryptProviderFactory()).internals(internals).build();
  }

  private static Session visit(Tls tls, ConnectOptions options, boolean reused) {
    TLSSocket socket = tls.connect(options);
    CompletableFuture<Session> made = new CompletableFuture<>();
    socket.onSession(made::complete);
    socket.onData(data -> {});
    Session session = Patience.await(made, "a session");
    assertEquals(reused, socket.sessionReused());
    assertTrue(socket.tlsTicket().isPresent());
    socket.destroy();
    Patience.await(socket.closed(), "close");
    return session;
  }

  @Test
  void bytesOfTls13AreResumedByAnotherRuntime() {
    try (Tls one = tls(true);
        Tls other = tls(true)) {
      assertEquals(Support.viaInternals(), one.capabilities().of(Capability.SESSION_EXPORT));
      Server server =
          one.createServer(
              ServerOptions.builder()
                  .context(c -> c.key(Identities.server().key()).cert(Identities.server().chain()))
                  .build());
      server.onSecureConnection(socket -> socket.write("!"));
      Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
      ConnectOptions.Builder client =
          ConnectOptions.builder()
              .host("localhost")
              .port(server.address().orElseThrow().port())
              .context(c -> c.ca(Identities.ca()).minVersion(ProtocolVersion.TLS_1_3));
      Session session = visit(one, client.build(), false);
      visit(other, client.session(Session.of(session.export())).build(), true);
    }
  }
}
