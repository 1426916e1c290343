package io.tlsport.provider.bcjsse.fips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.provider.bcjsse.BcjsseProviderFactory;
import io.tlsport.provider.bcjsse.BctlsProviderFactory;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.tck.fixture.Workbench;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestPki;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The module refuses an operation in the middle of a handshake. It does so by an {@link Error},
 * after which an engine does not know that it has failed.
 */
class RefusedOperationTest {
  static Stream<Arguments> engines() {
    return Stream.of(new BcjsseProviderFactory(), new BctlsProviderFactory())
        .flatMap(
            factory ->
                Stream.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3)
                    .map(version -> Arguments.of(factory, version)));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aServerWhoseKeyIsRefusedTellsItsClientAndEnds(
      TlsProviderFactory factory, ProtocolVersion version) throws Exception {
    Workbench bench = new Workbench(() -> factory);
    Tls servers = bench.keep(required(new WithSmallKey(factory, smallKey())));
    Tls clients = bench.keep(required(factory));
    TestIdentity identity = Identities.server(KeyKind.RSA_2048);
    ServerCapture server =
        bench.listen(
            servers,
            ServerOptions.builder()
                .context(
                    c ->
                        c.key(identity.key())
                            .cert(identity.chain())
                            .minVersion(version)
                            .maxVersion(version))
                .build());
    Capture client =
        bench.connect(
            clients, server.port(), ConnectOptions.builder().context(c -> c.ca(Identities.ca())));
    TlsException ours = server.nextClientError().error();
    assertEquals(ErrorCode.ERR_PROVIDER_FAILURE, ours.code());
    assertTrue(String.valueOf(ours.getMessage()).contains("module refused"), ours::getMessage);
    // It was told by an alert, and not only cut off. BC-JSSE's engine can send no more than that it
    // ends, which its client takes for a handshake_failure.
    assertEquals(
        factory.name().equals("bctls")
            ? ErrorCode.ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR
            : ErrorCode.ERR_SSL_NO_SHARED_CIPHER,
        client.awaitError().code());
    bench.clear();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aClientWhoseKeyIsRefusedTellsItsServerAndEnds(
      TlsProviderFactory factory, ProtocolVersion version) throws Exception {
    Workbench bench = new Workbench(() -> factory);
    Tls servers = bench.keep(required(factory));
    Tls clients = bench.keep(required(new WithSmallKey(factory, smallKey())));
    TestIdentity identity = Identities.server(KeyKind.RSA_2048);
    TestAuthority authority = TestPki.shared().authority("of clients");
    TestIdentity own = authority.leaf(CertificateSpec.client("client").key(KeyKind.RSA_2048));
    ServerCapture server =
        bench.listen(
            servers,
            ServerOptions.builder()
                .requestCert(true)
                .context(
                    c ->
                        c.key(identity.key())
                            .cert(identity.chain())
                            .ca(authority.certificate())
                            .minVersion(version)
                            .maxVersion(version))
                .build());
    Capture client =
        bench.connect(
            clients,
            server.port(),
            ConnectOptions.builder()
                .context(c -> c.key(own.key()).cert(own.chain()).ca(Identities.ca())));
    TlsException ours = client.awaitError();
    assertEquals(ErrorCode.ERR_PROVIDER_FAILURE, ours.code());
    assertTrue(String.valueOf(ours.getMessage()).contains("module refused"), ours::getMessage);
    server.nextClientError();
    bench.clear();
  }

  private static Tls required(TlsProviderFactory factory) {
    return Tls.builder().provider(factory).requireFips().build();
  }

  private static PrivateKey smallKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    return generator.generateKeyPair().getPrivate();
  }

  /** Signs with another key than the core has checked. */
  private record WithSmallKey(TlsProviderFactory inner, PrivateKey key)
      implements TlsProviderFactory {
    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public TlsProvider create(ProviderConfig config) {
      return wrapped(TlsProvider.class, inner.create(config));
    }

    private <T> T wrapped(Class<T> type, Object real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                try {
                  return switch (method.getName()) {
                    case "open" -> wrapped(EngineContext.class, method.invoke(real, arguments));
                    case "newEngine" ->
                        method.invoke(real, withKey((EngineSpec) arguments[0]), arguments[1]);
                    default -> method.invoke(real, arguments);
                  };
                } catch (InvocationTargetException thrown) {
                  throw thrown.getCause();
                }
              }));
    }

    private EngineSpec withKey(EngineSpec spec) {
      Identity other = new Identity(key, spec.identity().orElseThrow().chain());
      return EngineSpec.builder()
          .versions(spec.versions())
          .suites(spec.suites())
          .groups(spec.groups())
          .schemes(spec.schemes())
          .identity(Optional.of(other))
          .build();
    }
  }
}
