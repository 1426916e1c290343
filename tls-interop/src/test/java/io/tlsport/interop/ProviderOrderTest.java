package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ErrorCode;
import io.tlsport.SecurePair;
import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an application has installed in the JVM, and in which order, decides nothing: here Bouncy
 * Castle stands before all that the JDK has, and Conscrypt is there. Where Conscrypt comes first
 * SunJSSE cannot work, whoever uses it; then that is said, and the others go on.
 */
@Timeout(60)
class ProviderOrderTest {
  private static final Provider CONSCRYPT =
      Conscrypt.newProviderBuilder().provideTrustManager(true).build();
  private static final List<Provider> INSTALLED =
      List.of(new BouncyCastleProvider(), new BouncyCastleJsseProvider(), CONSCRYPT);

  @BeforeEach
  void install() {
    Security.insertProviderAt(INSTALLED.get(0), 1);
    Security.insertProviderAt(INSTALLED.get(1), 1);
    Security.addProvider(CONSCRYPT);
  }

  @AfterEach
  void remove() {
    INSTALLED.forEach(provider -> Security.removeProvider(provider.getName()));
  }

  private void conscryptFirst() {
    Security.removeProvider(CONSCRYPT.getName());
    Security.insertProviderAt(CONSCRYPT, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void whatIsInstalledDecidesNothing(String name) {
    assertOrderDecidesNothing(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conscrypt", "bcjsse", "bctls"})
  void conscryptInFrontDecidesNothing(String name) {
    conscryptFirst();
    assertOrderDecidesNothing(name);
  }

  @Test
  void conscryptInFrontIsNamedBeforeSunJsseFails() {
    conscryptFirst();
    TlsException refused =
        assertThrows(TlsException.class, () -> Tls.builder().provider("jdk").build());
    assertEquals(ErrorCode.ERR_PROVIDER_UNAVAILABLE, refused.code());
    assertNamesTheOrder(refused.getMessage());
    List<String> skipped = new ArrayList<>();
    try (Tls next = Tls.builder().provider("auto").onProviderSkipped(skipped::add).build()) {
      assertEquals("conscrypt", next.provider().name());
      assertNamesTheOrder(String.join(" ", skipped));
    }
    remove();
    try (Tls jdk = Tls.builder().provider("jdk").build()) {
      echo(jdk);
    }
  }

  @Test
  void conscryptThatComesInFrontLaterIsNamedByWhatFails() {
    try (Tls tls = Tls.builder().provider("jdk").build()) {
      conscryptFirst();
      TlsException failed = failure(tls);
      assertEquals(ErrorCode.ERR_PROVIDER_FAILURE, failed.code());
      assertNamesTheOrder(failed.getMessage());
    }
  }

  private static void assertOrderDecidesNothing(String name) {
    try (Tls tls = Tls.builder().provider(name).build()) {
      String engine = tls.provider().description();
      List<String> ciphers = tls.getCiphers();
      echo(tls);
      INSTALLED.forEach(provider -> Security.removeProvider(provider.getName()));
      try (Tls without = Tls.builder().provider(name).build()) {
        assertEquals(without.provider().description(), engine);
        assertEquals(without.getCiphers(), ciphers);
        for (Capability capability : Capability.values()) {
          assertEquals(without.capabilities().of(capability), tls.capabilities().of(capability));
        }
      }
    }
  }

  private static void echo(Tls tls) {
    for (KeyKind kind : List.of(KeyKind.RSA_2048, KeyKind.EC_P256, KeyKind.EC_P384)) {
      TestIdentity identity = Identities.server(kind);
      EchoPair.run(
          tls, tls, c -> c.key(identity.key()).cert(identity.chain()), c -> c.ca(Identities.ca()));
    }
  }

  /** How a client's first step fails. */
  private static TlsException failure(Tls tls) {
    SecurePair client = tls.createSecurePair(SocketOptions.builder().build());
    return Patience.awaitFailure(client.secured(), "the client to fail");
  }

  private static void assertNamesTheOrder(String message) {
    assertTrue(
        message.contains("Conscrypt stands before SunEC") && message.contains("addProvider"),
        message);
  }
}
