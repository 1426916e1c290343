package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Address;
import io.tlsport.ConnectOptions;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.provider.bcjsse.BcjsseProviderFactory;
import io.tlsport.provider.bcjsse.BctlsProviderFactory;
import io.tlsport.provider.conscrypt.ConscryptProviderFactory;
import io.tlsport.provider.jdk.JdkProviderFactory;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.security.Security;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a handshake must not do again: parse a key, read a store, build trust. */
@Timeout(60)
class HandshakeCostTest {
  private final CountedServices counted = new CountedServices();

  static Stream<TlsProviderFactory> factories() {
    return Stream.of(
        new JdkProviderFactory(),
        new ConscryptProviderFactory(),
        new BcjsseProviderFactory(),
        new BctlsProviderFactory());
  }

  @AfterEach
  void remove() {
    Security.removeProvider(counted.getName());
  }

  @ParameterizedTest
  @MethodSource("factories")
  void parsesNoKeyAndBuildsNoTrust(TlsProviderFactory factory) {
    Security.insertProviderAt(counted, 1);
    TestIdentity identity = Identities.server(KeyKind.EC_P256);
    try (Tls tls = Tls.builder().provider(counted.around(factory)).build()) {
      SecureContext trusting =
          tls.createSecureContext(SecureContextOptions.builder().ca(Identities.ca()).build());
      ServerOptions serving =
          ServerOptions.builder()
              .context(c -> c.key(identity.key()).cert(identity.chain()).ca(Identities.ca()))
              .build();
      try (Server server = tls.createServer(serving, socket -> socket.pipeTo(socket))) {
        assertTrue(counted.seen().contains("private key EC"), () -> "loading: " + counted.seen());
        Address bound = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
        connect(tls, trusting, bound);
        counted.forget();
        for (int i = 0; i < 5; i++) {
          connect(tls, trusting, bound);
        }
        assertEquals(List.of(), counted.seen());
      }
    }
  }

  private static void connect(Tls tls, SecureContext trusting, Address bound) {
    TLSSocket socket =
        tls.connect(
            ConnectOptions.builder()
                .host("127.0.0.1")
                .port(bound.port())
                .servername("localhost")
                .secureContext(trusting)
                .build());
    Patience.await(socket.secured(), "the client to be secure");
    assertTrue(socket.authorized());
    socket.destroy();
    Patience.await(socket.closed(), "the client to be closed");
  }
}
