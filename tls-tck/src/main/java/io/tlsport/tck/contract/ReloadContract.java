package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ContextReload;
import io.tlsport.CredentialFiles;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.ReloadableContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import io.tlsport.WatchedContext;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and trust that are renewed while servers and clients run. */
public abstract class ReloadContract extends ProviderContract {
  private static TestIdentity renewed() {
    return Identities.root().leaf(Identities.localhost().dns("renewed.example"));
  }

  private static SecureContextOptions options(TestIdentity identity) {
    return SecureContextOptions.builder().key(identity.key()).cert(identity.chain()).build();
  }

  private static byte[] shown(Capture client) {
    return client.awaitSecure().peerCertificate().orElseThrow().raw();
  }

  private void assertShows(ServerCapture server, TestIdentity identity) {
    Capture client = bench().connect(server.port(), client());
    assertEquals(List.of(), differences(identity.der(), shown(client)));
    client.socket().destroy();
  }

  private static List<String> differences(byte[] wanted, byte[] got) {
    return java.util.Arrays.equals(wanted, got) ? List.of() : List.of("another certificate");
  }

  @Rule("10.11")
  @EachVersion
  void openConnectionsGoOnWhenTheContextIsReplaced(ProtocolVersion version) {
    ServerCapture server =
        bench().listen(server(version).build(), socket -> socket.socket().pipeTo(socket.socket()));
    Capture before = bench().connect(server.port(), client(version)).collect();
    before.awaitSecure();
    assertEquals(1, server.server().contextGeneration());
    server.server().setSecureContext(options(renewed()));
    assertEquals(2, server.server().contextGeneration());
    before.socket().write("still here");
    assertEquals("still here", before.awaitBytes(10).text());
    assertShows(server, renewed());
  }

  @Rule("10.11")
  @Test
  void aConnectionThatCameBeforeIsAnsweredByWhatIsInForceThen() {
    ReloadableContext context = tls().createReloadableContext(options(Identities.server()));
    ServerCapture server =
        ServerCapture.of(
            bench().server(ServerOptions.builder().secureContext(context).build()), socket -> {});
    server.server().onConnection(socket -> context.replace(options(renewed())));
    Patience.await(server.server().listen(0, "127.0.0.1"), "the server to be bound");
    assertShows(server, renewed());
  }

  @Rule("10.12")
  @Test
  void oneReloadableContextServesServersNamesAndClients() {
    ReloadableContext context = tls().createReloadableContext(options(Identities.server()));
    Server first = bench().server(ServerOptions.builder().secureContext(context).build());
    Server second = bench().server(server(Identities.server("other.example")).build());
    second.addContext("localhost", context);
    ServerCapture one = listening(first);
    ServerCapture other = listening(second);
    assertShows(one, Identities.server());
    assertShows(other, Identities.server());
    List<ContextReload> told = new ArrayList<>();
    context.onReload(told::add);
    ContextReload reload = context.replace(options(renewed()));
    assertEquals(List.of(reload), told);
    assertEquals(2, reload.generation());
    assertEquals(2, context.generation());
    assertEquals(2, first.contextGeneration());
    assertEquals(1, second.contextGeneration());
    assertShows(one, renewed());
    assertShows(other, renewed());
  }

  private static ServerCapture listening(Server server) {
    ServerCapture capture = ServerCapture.of(server, socket -> {});
    Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
    return capture;
  }

  @Rule("10.12")
  @Test
  void aClientUsesTheTrustThatIsInForceWhenItConnects() {
    ServerCapture server = bench().listen(server(Identities.server()).build());
    ReloadableContext trust =
        tls()
            .createReloadableContext(
                SecureContextOptions.builder().ca(Identities.stranger().certificate()).build());
    assertFalse(
        bench()
            .connect(server.port(), client().secureContext(trust))
            .awaitError()
            .getMessage()
            .isEmpty());
    trust.replace(SecureContextOptions.builder().ca(Identities.ca()).build());
    assertTrue(
        bench().connect(server.port(), client().secureContext(trust)).awaitSecure().authorized());
  }

  @Rule("10.12")
  @Test
  void aReloadableContextOfAnotherRuntimeIsRefused() {
    Tls another = bench().tls(builder -> {});
    ReloadableContext foreign = another.createReloadableContext(options(Identities.server()));
    Server server = bench().server(server(Identities.server()).build());
    assertEquals(
        ErrorCode.ERR_TLS_INVALID_CONTEXT,
        assertThrows(ConfigurationException.class, () -> server.setSecureContext(foreign)).code());
    assertEquals(1, server.contextGeneration());
  }

  @Rule("10.13")
  @Test
  void filesThatChangeAreUsedAndWrongOnesChangeNothing(@TempDir Path folder) throws IOException {
    TestIdentity old = Identities.server();
    TestIdentity next = renewed();
    Path key = folder.resolve("tls.key");
    Path cert = folder.resolve("tls.crt");
    Files.write(key, old.key().bytes());
    Files.write(cert, old.chain().bytes());
    WatchedContext context = tls().watch(CredentialFiles.builder().key(key).cert(cert).build());
    ServerCapture server = bench().listen(ServerOptions.builder().secureContext(context).build());
    assertShows(server, old);
    Files.write(key, next.key().bytes());
    assertEquals(
        ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH,
        Patience.awaitFailure(context.check(), "a key without its certificate").code());
    assertShows(server, old);
    Files.write(cert, next.chain().bytes());
    assertTrue(Patience.await(context.check(), "files that fit each other"));
    assertFalse(Patience.await(context.check(), "files that have not changed"));
    assertShows(server, next);
    assertEquals(2, server.server().contextGeneration());
  }

  @Rule("10.13")
  @Test
  void aCertificateThatNobodyWouldAcceptReplacesNone(@TempDir Path folder) throws IOException {
    TestIdentity expired = Identities.root().leaf(CertificateSpec.server("localhost").expired());
    Path pem = folder.resolve("both.pem");
    Files.write(pem, both(Identities.server()));
    WatchedContext context = tls().watch(CredentialFiles.builder().key(pem).cert(pem).build());
    Files.write(pem, both(expired));
    assertEquals(
        ErrorCode.ERR_TLS_OWN_CERT_NOT_VALID,
        Patience.awaitFailure(context.check(), "an expired certificate").code());
    assertEquals(1, context.generation());
  }

  private static byte[] both(TestIdentity identity) {
    byte[] key = identity.key().bytes();
    byte[] chain = identity.chain().bytes();
    return java.nio.ByteBuffer.allocate(key.length + chain.length).put(key).put(chain).array();
  }
}
