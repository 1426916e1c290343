package io.tlsport.provider.bcjsse.fips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.ErrorCode;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import io.tlsport.provider.bcjsse.BcjsseProviderFactory;
import io.tlsport.provider.bcjsse.BctlsProviderFactory;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Vector;
import java.util.stream.Stream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS 1.2 derives its keys in an approved way only with RFC 7627. */
class ExtendedMasterSecretTest {
  static Stream<TlsProviderFactory> factories() {
    return Stream.of(new BcjsseProviderFactory(), new BctlsProviderFactory());
  }

  private static TlsCrypto crypto() throws Exception {
    Provider module =
        Class.forName("org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider")
            .asSubclass(Provider.class)
            .getDeclaredConstructor()
            .newInstance();
    return new JcaTlsCryptoProvider()
        .setProvider(module)
        .create(SecureRandom.getInstance("DEFAULT", module));
  }

  /** A client that takes any server. */
  private static final class Client extends DefaultTlsClient {
    private final boolean extended;

    Client(TlsCrypto crypto, boolean extended) {
      super(crypto);
      this.extended = extended;
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
      return extended;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.TLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
      return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete"}) // as Bouncy Castle has it
    protected Vector getSupportedGroups(Vector roles) {
      return new Vector<>(java.util.List.of(NamedGroup.secp256r1));
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate certificate) {}

        @Override
        @SuppressWarnings("NullAway") // none, in Bouncy Castle's words
        public TlsCredentials getClientCredentials(CertificateRequest request) {
          return null;
        }
      };
    }
  }

  private static void connect(int port, boolean extended) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      TlsClientProtocol protocol =
          new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
      protocol.connect(new Client(crypto(), extended));
      protocol.close();
    }
  }

  @ParameterizedTest
  @MethodSource("factories")
  void clientsWithoutItAreRefused(TlsProviderFactory factory) throws Exception {
    Workbench bench = new Workbench(() -> factory);
    Tls tls = bench.keep(Tls.builder().provider(factory).requireFips().build());
    TestIdentity identity = Identities.server();
    ServerCapture server =
        bench.listen(
            tls,
            ServerOptions.builder()
                .context(c -> c.key(identity.key()).cert(identity.chain()))
                .build());
    connect(server.port(), true);
    server.next();
    IOException refused = assertThrows(IOException.class, () -> connect(server.port(), false));
    assertEquals(
        AlertDescription.handshake_failure,
        ((TlsFatalAlertReceived) refused).getAlertDescription());
    assertEquals(ErrorCode.ERR_SSL_NO_SHARED_CIPHER, server.nextClientError().error().code());
    bench.clear();
  }
}
