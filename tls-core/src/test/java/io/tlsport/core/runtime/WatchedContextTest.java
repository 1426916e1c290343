package io.tlsport.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.CertificateExpiry;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectionLimits;
import io.tlsport.ContextReload;
import io.tlsport.CredentialFiles;
import io.tlsport.ErrorCode;
import io.tlsport.TlsException;
import io.tlsport.core.credentials.RootStores;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.FakeProvider;
import io.tlsport.core.fixtures.ManualLoop;
import io.tlsport.core.policy.baseline.SecurityPolicies;
import io.tlsport.core.policy.baseline.SecurityPolicy;
import io.tlsport.core.policy.demand.CapabilityDemand;
import io.tlsport.core.policy.verify.PeerCertificateReader;
import io.tlsport.core.reload.CredentialReader;
import io.tlsport.core.reload.FolderEvents;
import io.tlsport.core.wiring.DefaultProviderConfig;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.TlsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change under a context, in time that the test moves. */
class WatchedContextTest {
  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Made OLD = made("old", CertificateMaker.FAR_AHEAD);
  private static final Made NEW = made("new", CertificateMaker.FAR_AHEAD);

  private static final EngineExport NO_EXPORT =
      new JsseExport(
          (JsseExport.Host)
              java.lang.reflect.Proxy.newProxyInstance(
                  WatchedContextTest.class.getClassLoader(),
                  new Class<?>[] {JsseExport.Host.class},
                  (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                  }));

  @TempDir Path folder;

  private final ManualLoop loop = new ManualLoop();
  private final List<ContextReload> reloads = new ArrayList<>();
  private final List<TlsException> failures = new ArrayList<>();
  private final List<CertificateExpiry> expiries = new ArrayList<>();
  private final TlsProvider provider =
      FakeProvider.named("fake").create(new DefaultProviderConfig(false, false));
  private Instant now = CertificateMaker.NOW;
  private Runnable changed = () -> {};
  private boolean watchEnded;
  private Path key = Path.of("");
  private Path cert = Path.of("");

  @BeforeEach
  void files() throws IOException {
    key = folder.resolve("tls.key");
    cert = folder.resolve("tls.crt");
    write(key, OLD.keyPem());
    write(cert, OLD.pem());
  }

  private static Made made(String name, Instant end) {
    return CertificateMaker.leaf("CN=" + name).valid(CertificateMaker.LONG_AGO, end).make();
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private CredentialFiles.Builder pair() {
    return CredentialFiles.builder().key(key).cert(cert).interval(INTERVAL);
  }

  private DefaultWatchedContext watch(CredentialFiles files) {
    CredentialReader reader = new CredentialReader(files, provider.jca());
    FolderEvents events =
        (folders, onChange) -> {
          changed = onChange;
          return () -> watchEnded = true;
        };
    DefaultWatchedContext watched =
        new DefaultWatchedContext(
            files,
            reader,
            reader.look(),
            loader()::load,
            new DefaultWatchedContext.Place(
                loop, Runnable::run, events, () -> now, List.of(), NO_EXPORT, gone -> {}));
    watched.onReload(reloads::add).onReloadFailed(failures::add).onExpiry(expiries::add);
    return watched;
  }

  private DefaultWatchedContext watch() {
    return watch(pair().build());
  }

  private ContextLoader loader() {
    CapabilityDemand demand = new CapabilityDemand("fake", provider.capabilities(), Set.of());
    SecurityPolicy policy = SecurityPolicies.byName("default").orElseThrow();
    return new ContextLoader(
        provider,
        demand,
        FipsReport.of(provider, demand, policy, Optional.empty(), false),
        policy,
        RootStores.load(provider.jca(), Optional.of(List.of()), List.of(), false),
        () -> now,
        () -> 0,
        ConnectionLimits.DEFAULT,
        List::of,
        NO_EXPORT);
  }

  private static String fingerprint(Made made) {
    return fingerprint(made.certificate());
  }

  private static String shown(DefaultWatchedContext watched) {
    return fingerprint(OwnCertificates.of(watched.inForce()).get(0));
  }

  private static String fingerprint(X509Certificate certificate) {
    return PeerCertificateReader.read(List.of(certificate), JcaServices.jdk()).fingerprint256();
  }

  @Test
  void aRenewedPairIsTakenSoonAfterTheSystemTells() throws IOException {
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);
    write(key, NEW.keyPem());
    write(cert, NEW.pem());
    changed.run();
    loop.pass(SETTLE.multipliedBy(2));
    assertEquals(fingerprint(NEW), shown(watched));
    assertEquals(2, watched.generation());
    assertEquals(
        List.of(
            new ContextReload(
                2,
                List.of(fingerprint(OLD)),
                List.of(fingerprint(NEW)),
                Optional.of(NEW.certificate().getNotAfter().toInstant()))),
        reloads);
    assertEquals(List.of(), failures);
  }

  @Test
  void aRenewedPairIsTakenWhereTheSystemTellsNothing() throws IOException {
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);
    write(key, NEW.keyPem());
    write(cert, NEW.pem());
    loop.pass(INTERVAL.plus(SETTLE));
    assertEquals(fingerprint(NEW), shown(watched));
  }

  @Test
  void whatChangesBetweenTwoLooksIsLookedAtAgain() throws IOException {
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);
    write(key, NEW.keyPem());
    changed.run();
    loop.pass(SETTLE);
    write(cert, NEW.pem().substring(0, 100));
    loop.pass(SETTLE);
    write(cert, NEW.pem());
    loop.pass(SETTLE.multipliedBy(2));
    assertEquals(List.of(), failures);
    assertEquals(fingerprint(NEW), shown(watched));
  }

  @Test
  void eachChangeGivesTheWriterTimeAgain() throws IOException {
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);
    write(key, NEW.keyPem());
    for (int i = 0; i < 10; i++) {
      changed.run();
      loop.pass(SETTLE.dividedBy(2));
    }
    assertEquals(fingerprint(OLD), shown(watched));
    assertEquals(List.of(), failures);
    write(cert, NEW.pem());
    changed.run();
    loop.pass(SETTLE.multipliedBy(2));
    assertEquals(fingerprint(NEW), shown(watched));
  }

  @Test
  void aKeyWithoutItsCertificateIsToldOnceAndChangesNothing() throws IOException {
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);
    write(key, NEW.keyPem());
    changed.run();
    loop.pass(INTERVAL.multipliedBy(6));
    assertEquals(fingerprint(OLD), shown(watched));
    assertEquals(
        List.of(ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH),
        failures.stream().map(TlsException::code).toList());
    write(cert, NEW.pem());
    loop.pass(INTERVAL.plus(SETTLE));
    assertEquals(fingerprint(NEW), shown(watched));
    assertEquals(1, failures.size());
  }

  @Test
  void aFileThatStaysHalfIsToldOnceAndAgainWhenItIsWrongInAnotherWay() throws IOException {
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);
    write(cert, NEW.pem().substring(0, 120));
    loop.pass(INTERVAL.multipliedBy(4));
    assertEquals(1, failures.size());
    write(cert, "");
    loop.pass(INTERVAL.multipliedBy(4));
    assertEquals(2, failures.size());
    assertEquals(1, watched.generation());
  }

  @Test
  void aFileThatIsGoneIsToldOnceAndAgainWhenItWasBack() throws IOException {
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);
    for (int i = 1; i <= 2; i++) {
      Files.delete(cert);
      loop.pass(INTERVAL.multipliedBy(3));
      assertEquals(i, failures.size());
      assertEquals(ErrorCode.ENOENT, failures.get(i - 1).code());
      write(cert, OLD.pem());
      loop.pass(INTERVAL.multipliedBy(3));
    }
    assertEquals(1, watched.generation(), "the same files are no other context");
  }

  @Test
  void aVolumeOfKubernetesIsSwappedByItsLink() throws IOException {
    Path volume = Files.createDirectory(folder.resolve("volume"));
    version(volume, "..2026_1", OLD);
    Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_1"));
    key = Files.createSymbolicLink(volume.resolve("tls.key"), Path.of("..data", "tls.key"));
    cert = Files.createSymbolicLink(volume.resolve("tls.crt"), Path.of("..data", "tls.crt"));
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);

    version(volume, "..2026_2", NEW);
    Path next = Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..2026_2"));
    Files.move(next, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Files.delete(volume.resolve("..2026_1").resolve("tls.key"));
    changed.run();
    loop.pass(SETTLE.multipliedBy(2));
    assertEquals(fingerprint(NEW), shown(watched));
    assertEquals(List.of(), failures);
  }

  private static void version(Path volume, String name, Made made) throws IOException {
    Path files = Files.createDirectory(volume.resolve(name));
    write(files.resolve("tls.key"), made.keyPem());
    write(files.resolve("tls.crt"), made.pem());
  }

  @Test
  void foldersOfLinksOnTheWayAreWatchedToo() throws IOException {
    Path versions = Files.createDirectory(folder.resolve("versions"));
    Path one = Files.createDirectory(versions.resolve("1"));
    write(one.resolve("tls.key"), OLD.keyPem());
    Path current = Files.createSymbolicLink(folder.resolve("current"), one);
    CredentialFiles files = CredentialFiles.builder().key(current.resolve("tls.key")).build();
    Set<Path> watched = new CredentialReader(files, provider.jca()).folders();
    assertTrue(watched.containsAll(Set.of(current, folder)), watched::toString);
  }

  @Test
  void anAuthorityThatHasExpiredBlocksNothing() throws IOException {
    Path ca = folder.resolve("ca.crt");
    Made expired =
        CertificateMaker.authority("CN=expired")
            .valid(CertificateMaker.LONG_AGO, CertificateMaker.LONG_AGO.plusSeconds(60))
            .make();
    write(ca, expired.pem());
    DefaultWatchedContext watched = watch(pair().ca(ca).build());
    loop.pass(SETTLE);
    write(key, NEW.keyPem());
    write(cert, NEW.pem());
    loop.pass(INTERVAL.plus(SETTLE));
    assertEquals(fingerprint(NEW), shown(watched));
    assertEquals(List.of(), failures);
    assertEquals(List.of(), expiries, "it is no certificate of ours");
  }

  @Test
  void aCertificateThatHasExpiredDoesNotReplaceOneThatIsValid() throws IOException {
    Made expired = made("expired", CertificateMaker.NOW.minusSeconds(1));
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);
    write(key, expired.keyPem());
    write(cert, expired.pem());
    loop.pass(INTERVAL.multipliedBy(3));
    assertEquals(fingerprint(OLD), shown(watched));
    assertEquals(
        List.of(ErrorCode.ERR_TLS_OWN_CERT_NOT_VALID),
        failures.stream().map(TlsException::code).toList());
  }

  @Test
  void aCertificateThatIsNotValidYetIsTakenWhenItIs() throws IOException {
    Made later =
        CertificateMaker.leaf("CN=later")
            .valid(CertificateMaker.NOW.plusSeconds(3600), CertificateMaker.FAR_AHEAD)
            .make();
    DefaultWatchedContext watched = watch();
    loop.pass(SETTLE);
    write(key, later.keyPem());
    write(cert, later.pem());
    loop.pass(INTERVAL.multipliedBy(3));
    assertEquals(fingerprint(OLD), shown(watched));
    assertEquals(1, failures.size());
    now = now.plusSeconds(3600);
    loop.pass(INTERVAL);
    assertEquals(fingerprint(later), shown(watched));
    assertEquals(1, failures.size());
  }

  @Test
  void theEndOfACertificateIsToldAheadAndOnce() {
    now = CertificateMaker.FAR_AHEAD.minus(Duration.ofDays(20));
    watch();
    loop.pass(INTERVAL);
    assertEquals(List.of(), expiries);
    now = CertificateMaker.FAR_AHEAD.minus(Duration.ofDays(13));
    loop.pass(INTERVAL.multipliedBy(3));
    assertEquals(1, expiries.size());
    assertEquals(Duration.ofDays(13), expiries.get(0).left());
    assertEquals("CN=old", expiries.get(0).subject());
    assertFalse(expiries.get(0).expired());
    now = CertificateMaker.FAR_AHEAD;
    loop.pass(INTERVAL.multipliedBy(3));
    assertEquals(2, expiries.size());
    assertTrue(expiries.get(1).expired());
  }

  @Test
  void checkLooksAtOnceAndTellsWhatIsWrong() throws IOException {
    DefaultWatchedContext watched = watch();
    assertFalse(watched.check().toCompletableFuture().join());
    write(key, NEW.keyPem());
    CompletionException wrong =
        assertThrows(CompletionException.class, () -> watched.check().toCompletableFuture().join());
    ConfigurationException cause = assertInstanceOf(ConfigurationException.class, wrong.getCause());
    assertEquals(ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH, cause.code());
    write(cert, NEW.pem());
    assertTrue(watched.check().toCompletableFuture().join());
    assertEquals(fingerprint(NEW), shown(watched));
  }

  @Test
  void afterCloseNothingIsLookedAt() throws IOException {
    DefaultWatchedContext watched = watch();
    watched.close();
    write(key, NEW.keyPem());
    write(cert, NEW.pem());
    changed.run();
    loop.pass(INTERVAL.multipliedBy(2));
    assertEquals(fingerprint(OLD), shown(watched));
    assertTrue(watchEnded);
    assertEquals(0, loop.timers());
  }

  @Test
  void aListenerThatThrowsHarmsNobody() throws IOException {
    DefaultWatchedContext watched = watch();
    watched.onReload(
        reload -> {
          throw new IllegalStateException("a listener");
        });
    loop.pass(SETTLE);
    write(key, NEW.keyPem());
    write(cert, NEW.pem());
    loop.pass(INTERVAL.plus(SETTLE));
    write(key, OLD.keyPem());
    write(cert, OLD.pem());
    loop.pass(INTERVAL.plus(SETTLE));
    assertEquals(fingerprint(OLD), shown(watched));
    assertEquals(3, watched.generation());
    assertEquals(List.of(), failures);
  }

  @Test
  void whoUsesItMayRefuseWhatComes() throws IOException {
    DefaultWatchedContext watched = watch();
    watched.require(
        next -> {
          throw new ConfigurationException(ErrorCode.ERR_INVALID_ARG_VALUE, "not for this server");
        });
    loop.pass(SETTLE);
    write(key, NEW.keyPem());
    write(cert, NEW.pem());
    loop.pass(INTERVAL.multipliedBy(2));
    assertEquals(fingerprint(OLD), shown(watched));
    assertEquals(1, failures.size());
  }

  @Test
  void filesThatAreWrongAtTheBeginningAreRefused() throws IOException {
    write(key, NEW.keyPem());
    assertEquals(
        ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH,
        assertThrows(ConfigurationException.class, this::watch).code());
    Files.delete(key);
    assertEquals(ErrorCode.ENOENT, assertThrows(ConfigurationException.class, this::watch).code());
  }
}
