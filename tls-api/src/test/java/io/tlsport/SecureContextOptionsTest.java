package io.tlsport;

import static io.tlsport.Codes.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecureContextOptionsTest {
  private static final SecureContextOptions DEFAULTS = SecureContextOptions.builder().build();

  @Test
  void leavesEverythingToThePolicyUnlessItIsSet() {
    assertEquals(List.of(), DEFAULTS.key());
    assertEquals(List.of(), DEFAULTS.cert());
    assertEquals(List.of(), DEFAULTS.keyEntries());
    assertEquals(List.of(), DEFAULTS.pfx());
    assertEquals(Optional.empty(), DEFAULTS.passphrase());
    assertEquals(List.of(), DEFAULTS.crl());
    assertEquals(Optional.empty(), DEFAULTS.ciphers());
    assertEquals(Optional.empty(), DEFAULTS.ecdhCurve());
    assertFalse(DEFAULTS.ecdhDisabled());
    assertEquals(PostQuantum.RELAXED, DEFAULTS.postQuantum());
    assertEquals(Optional.empty(), DEFAULTS.dhparam());
    assertEquals(Optional.empty(), DEFAULTS.sigalgs());
    assertEquals(Optional.empty(), DEFAULTS.honorCipherOrder());
    assertEquals(Optional.empty(), DEFAULTS.secureProtocol());
    assertEquals(Optional.empty(), DEFAULTS.minVersion());
    assertEquals(Optional.empty(), DEFAULTS.maxVersion());
    assertEquals(Optional.empty(), DEFAULTS.sessionIdContext());
    assertEquals(Optional.empty(), DEFAULTS.sessionTimeout());
    assertEquals(List.of(), DEFAULTS.ticketKeys());
    assertFalse(DEFAULTS.pfxWithCa());
    assertFalse(DEFAULTS.allowPartialTrustChain());
    assertFalse(DEFAULTS.addDefaultRoots());
    assertFalse(DEFAULTS.systemRoots());
  }

  @Test
  void tellsNoAuthoritiesFromAuthoritiesThatAreNotSaid() {
    assertEquals(Optional.empty(), DEFAULTS.ca());
    assertEquals(Optional.of(List.of()), SecureContextOptions.builder().ca().build().ca());
  }

  @Test
  void addsUpWhatMayComeSeveralTimes() {
    Pem one = Pem.of("1");
    Pem two = Pem.of("2");
    SecureContextOptions options =
        SecureContextOptions.builder()
            .key(one)
            .key(two)
            .cert(two)
            .cert(one)
            .ca(one)
            .ca(two, one)
            .crl(one)
            .crl(two)
            .build();
    assertEquals(List.of(one, two), options.key());
    assertEquals(List.of(two, one), options.cert());
    assertEquals(Optional.of(List.of(one, two, one)), options.ca());
    assertEquals(List.of(one, two), options.crl());
  }

  /** By reflection, so that an option which is added and forgotten in the copy fails here. */
  @Test
  void carriesEveryOptionThroughToBuilder() throws Exception {
    SecureContextOptions full = full();
    SecureContextOptions copy = full.toBuilder().build();
    List<String> compared = new ArrayList<>();
    for (Method accessor : SecureContextOptions.class.getDeclaredMethods()) {
      if (accessor.getParameterCount() == 0
          && Modifier.isPublic(accessor.getModifiers())
          && !Modifier.isStatic(accessor.getModifiers())
          && !List.of("toBuilder", "toString").contains(accessor.getName())) {
        Object expected = accessor.invoke(full);
        if (!List.of("ecdhDisabled", "dhparamAuto").contains(accessor.getName())) {
          assertFalse(
              expected.equals(accessor.invoke(DEFAULTS)),
              accessor.getName() + " is not set by this test");
        }
        if (accessor.getName().equals("ticketKeys")) {
          assertArrayEquals(full.ticketKeys().get(0), copy.ticketKeys().get(0));
          assertEquals(full.ticketKeys().size(), copy.ticketKeys().size());
        } else {
          assertEquals(expected, accessor.invoke(copy), accessor.getName());
        }
        compared.add(accessor.getName());
      }
    }
    assertEquals(26, compared.size(), () -> "options: " + compared);
  }

  private static SecureContextOptions full() throws NoSuchAlgorithmException {
    PrivateKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    return SecureContextOptions.builder()
        .key(Pem.of("key"))
        .cert(Pem.of("cert"))
        .keyEntry(key, List.of())
        .pfx(Pem.of("pfx"))
        .passphrase("secret")
        .ca(Pem.of("ca"))
        .crl(Pem.of("crl"))
        .ciphers("HIGH")
        .ecdhCurve("P-256")
        .postQuantum(PostQuantum.PREFER)
        .dhparam(Pem.of("dh"))
        .sigalgs("ed25519")
        .honorCipherOrder(false)
        .secureOptions(1L << 29)
        .secureProtocol("TLS_method")
        .minVersion(ProtocolVersion.TLS_1_0)
        .maxVersion(ProtocolVersion.TLS_1_1)
        .sessionIdContext("context")
        .sessionTimeout(Duration.ofSeconds(1))
        .ticketKey(new byte[48])
        .pfxWithCa(true)
        .allowPartialTrustChain(true)
        .addDefaultRoots(true)
        .systemRoots(true)
        .build();
  }

  @Test
  void carriesTheDisabledEcdhThroughToBuilder() {
    SecureContextOptions copy =
        SecureContextOptions.builder().disableEcdh().build().toBuilder().build();
    assertTrue(copy.ecdhDisabled());
  }

  @Test
  void doesNotChangeWithTheBuilderOfItsCopy() {
    SecureContextOptions original = SecureContextOptions.builder().ca(Pem.of("a")).build();
    original.toBuilder().ca(Pem.of("b")).key(Pem.of("c")).ticketKey(new byte[48]);
    assertEquals(1, original.ca().orElseThrow().size());
    assertEquals(List.of(), original.key());
    assertEquals(List.of(), original.ticketKeys());
  }

  @Test
  void doesNotChangeWithItsBuilder() {
    SecureContextOptions.Builder builder = SecureContextOptions.builder().ca();
    SecureContextOptions before = builder.build();
    builder.ca(Pem.of("b")).key(Pem.of("c")).cert(Pem.of("d")).crl(Pem.of("e"));
    builder.ticketKey(new byte[48]);
    assertEquals(Optional.of(List.of()), before.ca());
    assertEquals(List.of(), before.key());
    assertEquals(List.of(), before.cert());
    assertEquals(List.of(), before.crl());
    assertEquals(List.of(), before.ticketKeys());
  }

  @Test
  void takesAnEmptyCipherListForNone() {
    assertEquals(
        Optional.empty(),
        SecureContextOptions.builder().ciphers("HIGH").ciphers("").build().ciphers());
  }

  @Test
  void letsTheLastWordOnEcdhCount() {
    SecureContextOptions off =
        SecureContextOptions.builder().ecdhCurve("P-256").disableEcdh().build();
    assertTrue(off.ecdhDisabled());
    assertEquals(Optional.empty(), off.ecdhCurve());
    SecureContextOptions on =
        SecureContextOptions.builder().disableEcdh().ecdhCurve("P-256").build();
    assertFalse(on.ecdhDisabled());
  }

  @Test
  void keepsTicketKeysApartFromTheCallersArrays() {
    byte[] key = new byte[48];
    SecureContextOptions.Builder builder = SecureContextOptions.builder().ticketKey(key);
    key[0] = 1;
    SecureContextOptions options = builder.build();
    options.ticketKeys().get(0)[1] = 1;
    assertArrayEquals(new byte[48], options.ticketKeys().get(0));
    assertNotSame(options.ticketKeys().get(0), options.ticketKeys().get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 47, 49, 80})
  void refusesATicketKeyOfAnotherLength(int length) {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> SecureContextOptions.builder().ticketKey(new byte[length]),
        "48",
        Integer.toString(length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S"})
  void refusesASessionTimeoutThatIsNoWholeSeconds(Duration timeout) {
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE,
        () -> SecureContextOptions.builder().sessionTimeout(timeout),
        "sessionTimeout");
  }

  @Test
  void keepsThePassphraseAsItsOwnSecret() {
    Secret secret = Secret.of("secret");
    assertSame(
        secret, SecureContextOptions.builder().passphrase(secret).build().passphrase().get());
  }

  @Test
  void neverPrintsACredential() {
    String text =
        SecureContextOptions.builder()
            .key(Pem.of("hidden-key"))
            .cert(Pem.of("hidden-cert"))
            .pfx(Pem.of("hidden-pfx"))
            .passphrase("hidden-word")
            .ticketKey("hidden-ticket-key-hidden-ticket-key-hidden-ticke".getBytes(UTF_8))
            .build()
            .toString();
    assertFalse(text.contains("hidden"), text);
    assertTrue(Arrays.asList(text.split("\\W+")).contains("key"), text);
  }

  @Test
  void takesTheLastOfParametersAndAuto() {
    SecureContextOptions auto =
        SecureContextOptions.builder().dhparam(Pem.of("parameters")).dhparamAuto().build();
    assertTrue(auto.dhparamAuto());
    assertTrue(auto.dhparam().isEmpty());
    SecureContextOptions given = auto.toBuilder().dhparam(Pem.of("parameters")).build();
    assertFalse(given.dhparamAuto());
    assertTrue(given.dhparam().isPresent());
    assertTrue(auto.toBuilder().build().dhparamAuto());
  }

  @Test
  void refusesSigalgsThatAreEmpty() {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> SecureContextOptions.builder().sigalgs(""),
        "sigalgs");
  }
}
