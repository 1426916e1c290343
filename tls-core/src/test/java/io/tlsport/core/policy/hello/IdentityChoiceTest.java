package io.tlsport.core.policy.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tlsport.ProtocolVersion;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.core.policy.hello.ClientHelloParser.Parsed;
import io.tlsport.spi.Identity;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityChoiceTest {
  private static final int ECDSA = 0x0403;
  private static final int RSA_PSS = 0x0804;
  private static final int ED25519 = 0x0807;
  private static final String TLS13 = "TLS_AES_128_GCM_SHA256";
  private static final String ECDHE_RSA = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  private static final String ECDHE_ECDSA = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
  private static final String RSA_KEY = "TLS_RSA_WITH_AES_128_CBC_SHA";
  private static final ProtocolVersion NEW = ProtocolVersion.TLS_1_3;
  private static final ProtocolVersion OLD = ProtocolVersion.TLS_1_2;

  private final Identity rsa = identity(Keys.rsa(2048, "choice"));
  private final Identity ec = identity(Keys.ec("choice"));
  private final Identity edwards = identity(Keys.ed25519("choice"));
  private final List<Identity> all = List.of(rsa, ec, edwards);

  private static Identity identity(KeyPair keys) {
    return new Identity(
        keys.getPrivate(), List.of(CertificateMaker.of("CN=choice", keys).make().certificate()));
  }

  private static ClientHello hello(Integer... schemes) {
    HelloWriter writer = new HelloWriter();
    if (schemes.length > 0) {
      writer.schemes(List.of(schemes));
    }
    ByteBuffer bytes = ByteBuffer.wrap(writer.records());
    return assertInstanceOf(Parsed.class, new ClientHelloParser().feed(bytes)).hello();
  }

  private void assertChosen(
      Identity expected, ClientHello hello, ProtocolVersion version, String... suites) {
    assertEquals(
        Optional.of(expected),
        IdentityChoice.choose(all, hello, List.of(suites), version, List.of()));
  }

  @Test
  void takesTheFirstThatTheClientCanVerify() {
    assertChosen(rsa, hello(ECDSA, RSA_PSS), NEW, TLS13);
    assertChosen(ec, hello(ECDSA, ED25519), NEW, TLS13);
    assertChosen(edwards, hello(ED25519), NEW, TLS13);
  }

  @Test
  void takesTheFirstThatFitsASharedSuite() {
    assertChosen(ec, hello(RSA_PSS, ECDSA), OLD, ECDHE_ECDSA);
    assertChosen(rsa, hello(RSA_PSS, ECDSA), OLD, ECDHE_RSA);
    assertChosen(rsa, hello(RSA_PSS, ECDSA), OLD, RSA_KEY, ECDHE_ECDSA);
    assertChosen(edwards, hello(ED25519), OLD, ECDHE_ECDSA);
  }

  /** Clients before TLS 1.2 do not say which signatures they know. */
  @Test
  void trustsTheSuitesOfAClientThatNamesNoSchemes() {
    assertChosen(ec, hello(), OLD, ECDHE_ECDSA);
  }

  /** Before TLS 1.2 only these have a signature, whatever the client says of later versions. */
  @Test
  void takesRsaOrEcBeforeTls12() {
    for (ProtocolVersion old : List.of(ProtocolVersion.TLS_1_0, ProtocolVersion.TLS_1_1)) {
      assertChosen(ec, hello(ED25519), old, ECDHE_ECDSA);
      assertChosen(rsa, hello(ED25519), old, ECDHE_RSA);
    }
  }

  @Test
  void takesTheFirstOfAllWhereNoneFits() {
    assertChosen(rsa, hello(0xffff), NEW, TLS13);
    assertChosen(rsa, hello(RSA_PSS), OLD);
  }

  @Test
  void takesNoneWhereThereIsNone() {
    assertEquals(
        Optional.empty(),
        IdentityChoice.choose(List.of(), hello(), List.of(TLS13), NEW, List.of()));
  }

  @Test
  void takesOneThatWeMaySignWith() {
    ClientHello both = hello(RSA_PSS, ECDSA);
    assertEquals(
        Optional.of(ec),
        IdentityChoice.choose(
            all, both, List.of(TLS13), NEW, List.of("ecdsa_secp256r1_sha256", "ed25519")));
    assertEquals(
        Optional.of(rsa),
        IdentityChoice.choose(all, both, List.of(TLS13), NEW, List.of("rsa_pss_rsae_sha512")));
  }
}
