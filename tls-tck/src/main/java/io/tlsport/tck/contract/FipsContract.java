package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.ServerCapture;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What FIPS approves, what is refused otherwise, and how it is told. */
public abstract class FipsContract extends ProviderContract {
  private Tls required() {
    return bench().tls(Tls.Builder::requireFips);
  }

  private static void assertNames(ConfigurationException refused, String... parts) {
    assertEquals(ErrorCode.ERR_CRYPTO_FIPS_UNAVAILABLE, refused.code());
    String message = String.valueOf(refused.getMessage());
    List.of(parts).forEach(part -> assertTrue(message.contains(part), message));
  }

  @Rule("28.1")
  @Test
  @Requires(Capability.FIPS)
  void aPolicyThatIsNotApprovedIsRefusedWithAllItsParts() {
    required();
    assertNames(
        assertThrows(
            ConfigurationException.class,
            () ->
                bench()
                    .tls(
                        builder ->
                            builder
                                .requireFips()
                                .policy("node-0.12")
                                .defaultMinVersion(ProtocolVersion.TLS_1_1))),
        "node-0.12",
        "TLSv1.1",
        "security level 0");
  }

  @Rule("28.2")
  @Test
  @Requires(Capability.FIPS)
  void aContextThatIsNotApprovedIsRefusedWhenItIsMade() {
    Tls tls = required();
    assertTrue(
        tls.createSecureContext(SecureContextOptions.builder().build()).fipsStatus().approved());
    SecureContextOptions weak =
        SecureContextOptions.builder().ciphers("ECDHE+AESGCM:@SECLEVEL=1").build();
    assertNames(
        assertThrows(ConfigurationException.class, () -> tls.createSecureContext(weak)),
        "security level 1");
  }

  @Rule("28.3")
  @EachVersion
  @Requires(Capability.FIPS)
  void aConnectionTellsThatItIsApproved(ProtocolVersion version) {
    Tls tls = required();
    TestIdentity identity = Identities.server(KeyKind.RSA_2048);
    ServerCapture server = bench().listen(tls, server(version, identity).build());
    Capture client = bench().connect(tls, server.port(), client(version));
    client.awaitSecure();
    for (FipsStatus status :
        List.of(client.socket().fipsStatus(), server.next().socket().fipsStatus())) {
      assertTrue(status.approved(), status::refusal);
      assertTrue(status.parts().toString().contains(version.id()), status.parts()::toString);
    }
  }

  @Rule("28.4")
  @Test
  void nothingIsApprovedThatHasAPartThatIsNot() {
    for (String policy : List.of("default", "fips")) {
      for (Function<SecureContextOptions.Builder, SecureContextOptions.Builder> change :
          List.<Function<SecureContextOptions.Builder, SecureContextOptions.Builder>>of(
              options -> options, options -> options.ciphers("ECDHE+AESGCM:@SECLEVEL=1"))) {
        Tls tls = plain(policy);
        SecureContextOptions options =
            change
                .apply(SecureContextOptions.builder().maxVersion(ProtocolVersion.TLS_1_2))
                .build();
        SecureContext context = tls.createSecureContext(options);
        FipsStatus ofContext = context.fipsStatus();
        assertEquals(
            ofContext.approved(), ofContext.parts().stream().allMatch(FipsStatus.Part::approved));
        assertTrue(!ofContext.approved() || tls.fipsStatus().approved());
        assertTrue(ofContext.parts().containsAll(tls.fipsStatus().parts()));
        assertFalse(options.ciphers().isPresent() && ofContext.approved());
      }
    }
  }

  /** Not as the kit is set up, which may require FIPS. */
  private Tls plain(String policy) {
    return bench().keep(Tls.builder().provider(bench().kit().factory()).policy(policy).build());
  }

  @Rule("28.5")
  @Test
  void thePolicyNarrowsSignaturesOnEveryProvider() {
    ServerCapture server =
        bench().listen(server(ProtocolVersion.TLS_1_2, Identities.server()).build());
    Capture client = bench().connect(plain("fips"), server.port(), client(ProtocolVersion.TLS_1_2));
    client.awaitSecure();
    List<String> offered = server.next().socket().sharedSigalgs();
    assertTrue(offered.contains("ECDSA+SHA256"), offered::toString);
    assertTrue(
        offered.stream().noneMatch(words -> words.matches("Ed.*|.*\\+SHA1|.*\\+SHA224")),
        offered::toString);
  }
}
