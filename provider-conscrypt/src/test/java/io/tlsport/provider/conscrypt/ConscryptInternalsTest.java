package io.tlsport.provider.conscrypt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.OcspResponder;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.Support;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @ParameterizedTest
  @EnumSource(
      value = ProtocolVersion.class,
      names = {"TLS_1_2", "TLS_1_3"})
  void everyServerEngineStaplesItsOwn(ProtocolVersion version) {
    List<Optional<byte[]>> answers =
        List.of(
            Optional.of(Identities.good().der()),
            Optional.empty(),
            Optional.of(new byte[] {0x30, 0x03, 0x0a, 0x01, 0x03}));
    AtomicInteger asked = new AtomicInteger();
    try (Tls tls = tls(true)) {
      assertEquals(Support.viaInternals(), tls.capabilities().of(Capability.OCSP_STAPLING));
      Server server =
          tls.createServer(
              stapling(
                  (certificate, issuer) ->
                      CompletableFuture.completedFuture(answers.get(asked.getAndIncrement()))));
      int port = Patience.await(server.listen(0, "127.0.0.1"), "listening").port();
      for (Optional<byte[]> answer : answers) {
        TLSSocket socket =
            tls.connect(
                ConnectOptions.builder()
                    .host("localhost")
                    .port(port)
                    .context(c -> c.ca(Identities.ca()).minVersion(version).maxVersion(version))
                    .requestOcsp(true)
                    .build());
        CompletableFuture<Optional<byte[]>> stapled = new CompletableFuture<>();
        socket.onOcspResponse(stapled::complete);
        Patience.await(socket.secured(), "secureConnect");
        assertArrayEquals(
            answer.orElse(null), Patience.await(stapled, "OCSPResponse").orElse(null));
        socket.destroy();
      }
    }
  }

  @Test
  void withoutInternalsStaplingIsRefused() {
    try (Tls tls = tls(false)) {
      UnsupportedFeatureException refused =
          assertThrows(
              UnsupportedFeatureException.class,
              () ->
                  tls.createServer(
                      stapling(
                          (certificate, issuer) ->
                              CompletableFuture.completedFuture(Optional.empty()))));
      assertEquals(Capability.OCSP_STAPLING, refused.capability());
      assertTrue(refused.reason().contains("allow internals"), refused.reason());
    }
  }

  private static ServerOptions stapling(OcspResponder responder) {
    return ServerOptions.builder()
        .context(c -> c.key(Identities.server().key()).cert(Identities.server().chain()))
        .ocspResponder(responder)
        .build();
  }
}
