package io.tlsport.provider.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.conscrypt.OpenSSLProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who computes, where it shows, and how it ends. */
class JdkAcceleratorTest {
  private static final Provider CONSCRYPT = new OpenSSLProvider();
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private List<Provider> before = List.of();

  @BeforeEach
  void look() {
    before = List.of(Security.getProviders());
  }

  @AfterEach
  void nothingStays() {
    assertEquals(before, List.of(Security.getProviders()));
  }

  private static Tls tls(Provider library) {
    boolean rsa = !library.getName().contains("BC");
    return Tls.builder().provider(new AcceleratedFactory(library, rsa)).build();
  }

  private static Tls named(String accelerator) {
    return Tls.builder().provider(new JdkProviderFactory()).accelerator(accelerator).build();
  }

  private static Tls plain() {
    return Tls.builder().provider(new JdkProviderFactory()).build();
  }

  private static Server server(Tls tls, TestIdentity identity, ProtocolVersion version) {
    Server server =
        tls.createServer(
            ServerOptions.builder()
                .context(c -> c.key(identity.key()).cert(identity.chain()).maxVersion(version))
                .build());
    server.onSecureConnection(socket -> socket.write("!"));
    server.onClientError((error, socket) -> {});
    Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
    return server;
  }

  private static ConnectOptions to(Server server, String curve) {
    return ConnectOptions.builder()
        .host("localhost")
        .port(server.address().orElseThrow().port())
        .context(c -> c.ca(Identities.ca()).ecdhCurve(curve))
        .build();
  }

  private static void visit(Tls tls, Server server, String curve) {
    TLSSocket socket = tls.connect(to(server, curve));
    CompletableFuture<Object> said = new CompletableFuture<>();
    socket.onError(said::completeExceptionally);
    socket.onData(said::complete);
    Patience.await(said, "what the server says");
    assertTrue(socket.authorized());
    socket.destroy();
    Patience.await(socket.closed(), "close");
  }

  private static ErrorCode refusal(Tls tls, Server server) {
    TLSSocket socket = tls.connect(to(server, "X25519:P-256:P-384"));
    CompletableFuture<TlsException> failed = new CompletableFuture<>();
    socket.onError(failed::complete);
    socket.onData(data -> failed.completeExceptionally(new AssertionError("it was accepted")));
    ErrorCode code = Patience.await(failed, "an error").code();
    Patience.await(socket.closed(), "close");
    return code;
  }

  static Stream<Arguments> everyKey() {
    return Stream.of(CONSCRYPT, BOUNCY_CASTLE)
        .flatMap(
            library ->
                Stream.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3)
                    .flatMap(
                        version ->
                            Stream.of(KeyKind.values())
                                .map(key -> Arguments.of(library, version, key))));
  }

  @ParameterizedTest
  @MethodSource("everyKey")
  void computesInBothRoles(Provider library, ProtocolVersion version, KeyKind key) {
    TestIdentity identity = Identities.server(key);
    CountingLibrary servers = new CountingLibrary(library);
    CountingLibrary clients = new CountingLibrary(library);
    boolean curve = !key.name().startsWith("RSA");
    boolean rsa = key.name().startsWith("RSA") && library.equals(CONSCRYPT);
    try (Tls serving = tls(servers);
        Tls visiting = tls(clients);
        Tls plain = plain()) {
      Server server = server(serving, identity, version);
      int checks = servers.uses("KeyAgreement", "");
      visit(plain, server, "X25519:P-256:P-384");
      assertEquals(checks + 1, servers.uses("KeyAgreement", ""));
      assertEquals(curve || rsa ? 1 : 0, servers.uses("Signature", ""), "signatures");
      visit(visiting, server, "X25519:P-256:P-384");
      assertEquals(checks + 1, clients.uses("KeyAgreement", ""));
      assertEquals(curve ? 1 : 0, clients.uses("Signature", "DSA"), "verifications");
      Server plainServer = server(plain, identity, version);
      visit(visiting, plainServer, "P-256:P-384");
      assertEquals(checks + 2, clients.uses("KeyAgreement", ""));
      assertEquals(1, clients.uses("KeyAgreement", "ECDH"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conscrypt", "bc"})
  void isFoundByName(String name) {
    try (Tls tls = named(name)) {
      Server server = server(tls, Identities.server(), ProtocolVersion.TLS_1_3);
      assertEquals(AcceleratorProvider.NAME, Security.getProviders()[0].getName());
      visit(tls, server, "P-384");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesWithItsLastUser(boolean firstEndsFirst) {
    Tls one = named("conscrypt");
    Tls other = named("bc");
    Server ofOne = server(one, Identities.server(), ProtocolVersion.TLS_1_3);
    Server ofOther = server(other, Identities.server(), ProtocolVersion.TLS_1_3);
    assertEquals(before.size() + 1, Security.getProviders().length);
    visit(one, ofOther, "X25519:P-256:P-384");
    (firstEndsFirst ? one : other).close();
    assertEquals(before.size() + 1, Security.getProviders().length);
    Tls left = firstEndsFirst ? other : one;
    visit(left, firstEndsFirst ? ofOther : ofOne, "X25519:P-256:P-384");
    left.close();
    left.close();
  }

  /** Everything but that it is there. */
  @Test
  void aLibraryThatDoesNotWorkIsRefusedAndLeavesNothingBehind() {
    CountingLibrary broken =
        new CountingLibrary(
            CONSCRYPT,
            made -> {
              throw new IllegalStateException("broken");
            });
    ConfigurationException refused = assertThrows(ConfigurationException.class, () -> tls(broken));
    assertEquals(ErrorCode.ERR_PROVIDER_UNAVAILABLE, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("leave it out"));
    assertEquals(1, broken.uses());
  }

  @Test
  void aRuntimeThatIsRefusedLeavesNothingBehind() {
    Tls.Builder builder =
        Tls.builder()
            .provider(new JdkProviderFactory())
            .accelerator("conscrypt")
            .require(Capability.NPN);
    assertThrows(UnsupportedFeatureException.class, builder::build);
  }

  /** Signs, and then changes a bit. */
  private static final class Forger extends SignatureSpi {
    private final Signature honest;

    Forger() {
      try {
        this.honest = Signature.getInstance("SHA256withECDSA", CONSCRYPT);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      honest.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      honest.initSign(key);
    }

    @Override
    protected void engineUpdate(byte data) throws SignatureException {
      honest.update(data);
    }

    @Override
    protected void engineUpdate(byte[] data, int offset, int length) throws SignatureException {
      honest.update(data, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      byte[] signature = honest.sign();
      signature[signature.length - 1] ^= 1;
      return signature;
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      return honest.verify(signature);
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }

  static Stream<Arguments> everyVerifier() {
    return Stream.of(CONSCRYPT, BOUNCY_CASTLE)
        .flatMap(
            library ->
                Stream.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3)
                    .map(version -> Arguments.of(library, version)));
  }

  @ParameterizedTest
  @MethodSource("everyVerifier")
  void refusesSignaturesThatAreWrong(Provider library, ProtocolVersion version) {
    CountingLibrary forging =
        new CountingLibrary(
            CONSCRYPT,
            made -> made.getClass().getName().contains("SHA256ECDSA") ? new Forger() : made);
    CountingLibrary verifying = new CountingLibrary(library);
    try (Tls serving = tls(forging);
        Tls visiting = tls(verifying)) {
      Server server = server(serving, Identities.server(), version);
      ErrorCode code = refusal(visiting, server);
      assertNotEquals(ErrorCode.ECONNRESET, code);
      assertEquals(1, verifying.uses("Signature", "ECDSA"));
      assertEquals(1, forging.uses("Signature", "ECDSA"));
    }
  }

  /** All that the provider has, asked for by somebody who is no engine. */
  @Test
  void othersAreServedAsBefore() throws GeneralSecurityException {
    CountingLibrary library = new CountingLibrary(CONSCRYPT);
    try (Tls tls = tls(library)) {
      server(tls, Identities.server(), ProtocolVersion.TLS_1_3);
      int own = library.uses();
      KeyPairGenerator edwards = KeyPairGenerator.getInstance("XDH");
      edwards.initialize(NamedParameterSpec.X25519);
      agreesWithItself("XDH", edwards);
      agreesWithItself("XDH", KeyPairGenerator.getInstance("XDH"));
      KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
      curve.initialize(new ECGenParameterSpec("secp256r1"));
      agreesWithItself("ECDH", curve);
      signsAndVerifies(Signature.getInstance("SHA256withECDSA"), curve.generateKeyPair());
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(2048);
      KeyPair pair = rsa.generateKeyPair();
      signsAndVerifies(Signature.getInstance("SHA256withRSA"), pair);
      Signature pss = Signature.getInstance("RSASSA-PSS");
      pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      signsAndVerifies(pss, pair);
      for (String algorithm : List.of("SHA384withECDSA", "SHA512withRSA", "RSASSA-PSS")) {
        assertNotEquals(
            AcceleratorProvider.NAME, Signature.getInstance(algorithm).getProvider().getName());
      }
      assertEquals(own, library.uses());
    }
  }

  private static void agreesWithItself(String algorithm, KeyPairGenerator generator)
      throws GeneralSecurityException {
    KeyPair one = generator.generateKeyPair();
    KeyPair other = generator.generateKeyPair();
    assertFalse(one.getPrivate() instanceof EphemeralKey);
    assertArrayEquals(agree(algorithm, one, other), agree(algorithm, other, one));
  }

  private static byte[] agree(String algorithm, KeyPair own, KeyPair peer)
      throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance(algorithm);
    agreement.init(own.getPrivate());
    agreement.doPhase(peer.getPublic(), true);
    assertNotEquals(AcceleratorProvider.NAME, agreement.getProvider().getName());
    return agreement.generateSecret();
  }

  private static void signsAndVerifies(Signature signature, KeyPair pair)
      throws GeneralSecurityException {
    signature.initSign(pair.getPrivate());
    signature.update(new byte[100]);
    byte[] value = signature.sign();
    signature.initVerify(pair.getPublic());
    signature.update(new byte[100]);
    assertTrue(signature.verify(value));
    assertNotEquals(AcceleratorProvider.NAME, signature.getProvider().getName());
  }

  @Test
  void manyComeAndGoAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Tls plain = plain()) {
      Server server = server(plain, Identities.server(), ProtocolVersion.TLS_1_3);
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String name = thread % 2 == 0 ? "conscrypt" : "bc";
        all.add(
            threads.submit(
                () -> {
                  for (int turn = 0; turn < 5; turn++) {
                    try (Tls tls = named(name)) {
                      visit(tls, server, turn % 2 == 0 ? "X25519" : "P-256");
                    }
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get(Patience.BULK.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conscrypt", "bc"})
  void refusesPointsOfSmallOrder(String name) throws GeneralSecurityException {
    Accelerator accelerator =
        Accelerator.load(name, getClass().getClassLoader(), new SecureRandom());
    AlgorithmParameterSpec x25519 = NamedParameterSpec.X25519;
    PublicKey zero =
        KeyFactory.getInstance("XDH").generatePublic(new XECPublicKeySpec(x25519, BigInteger.ZERO));
    KeyPair own = accelerator.x25519();
    assertThrows(Exception.class, () -> accelerator.agree((EphemeralKey) own.getPrivate(), zero));
  }

  @Test
  void aLibraryThatIsMissingIsNamedWithItsMend() {
    ConfigurationException absent =
        assertThrows(
            ConfigurationException.class,
            () ->
                Accelerator.load(
                    "conscrypt", ClassLoader.getPlatformClassLoader(), new SecureRandom()));
    assertEquals(ErrorCode.ERR_PROVIDER_UNAVAILABLE, absent.code());
    assertTrue(
        String.valueOf(absent.getMessage()).contains("org.conscrypt:conscrypt-openjdk-uber"));
  }

  @Test
  void otherNamesAreRefused() {
    ConfigurationException unknown =
        assertThrows(ConfigurationException.class, () -> named("openssl"));
    assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, unknown.code());
    assertTrue(String.valueOf(unknown.getMessage()).contains("[bc, conscrypt]"));
  }

  @Test
  void isRefusedWhereFipsIsRequired() {
    Tls.Builder builder =
        Tls.builder().provider(new JdkProviderFactory()).accelerator("bc").requireFips();
    ConfigurationException refused = assertThrows(ConfigurationException.class, builder::build);
    assertEquals(ErrorCode.ERR_CRYPTO_FIPS_UNAVAILABLE, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("accelerator"));
  }
}
