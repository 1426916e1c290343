package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.OpaqueKeys;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that have no encoding, as PKCS#11 tokens and key management services give them. */
@Timeout(60)
class OpaqueKeysTest {
  private static final List<String> PROVIDERS = List.of("jdk", "conscrypt", "bcjsse", "bctls");

  private static Consumer<SecureContextOptions.Builder> opaque(
      TestIdentity identity, ProtocolVersion version) {
    X509Certificate certificate = identity.x509();
    PrivateKey handle = OpaqueKeys.handle(identity);
    return c -> c.keyEntry(handle, List.of(certificate)).minVersion(version).maxVersion(version);
  }

  static Stream<Arguments> servers() {
    return PROVIDERS.stream()
        .flatMap(
            provider ->
                Stream.of(KeyKind.EC_P256, KeyKind.RSA_2048)
                    .flatMap(
                        kind ->
                            Stream.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3)
                                .map(version -> Arguments.of(provider, kind, version))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("servers")
  void aKeyOfADeviceSignsWhereItsProviderIsInstalled(
      String provider, KeyKind kind, ProtocolVersion version) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      int signatures =
          OpaqueKeys.signaturesOf(
              () ->
                  EchoPair.run(
                      tls,
                      tls,
                      opaque(Identities.server(kind), version),
                      c -> c.ca(Identities.ca())));
      assertTrue(signatures > 0, "the device has signed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aKeyThatNobodyCanSignWithIsRefusedByName(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      for (KeyKind kind : List.of(KeyKind.EC_P256, KeyKind.RSA_2048)) {
        SecureContextOptions.Builder options = SecureContextOptions.builder();
        opaque(Identities.server(kind), ProtocolVersion.TLS_1_3).accept(options);
        TlsException refused =
            assertThrows(TlsException.class, () -> tls.createSecureContext(options.build()));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(provider) && message.contains("install"), message);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aKeyObjectThatHasAnEncodingNeedsNoDevice(String provider) {
    TestIdentity identity = Identities.server(KeyKind.EC_P256);
    PrivateKey key = OpaqueKeys.key(identity);
    try (Tls tls = Tls.builder().provider(provider).build()) {
      EchoPair.run(
          tls, tls, c -> c.keyEntry(key, List.of(identity.x509())), c -> c.ca(Identities.ca()));
      assertEquals(provider, tls.provider().name());
    }
  }
}
