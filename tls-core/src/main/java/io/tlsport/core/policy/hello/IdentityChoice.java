package io.tlsport.core.policy.hello;

import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.signature.SignatureScheme;
import io.tlsport.spi.Identity;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/** Which of a server's identities a client can use. */
public final class IdentityChoice {
  private IdentityChoice() {}

  /**
   * The first identity whose key the client can verify, with a suite that both have.
   *
   * @param suites shared suites by IANA name
   * @param versions shared versions
   * @param schemes what we sign with, by IANA name; empty: whatever the engine has
   * @return the first identity of all if none fits, so that the engine says why; empty if there is
   *     none
   */
  public static Optional<Identity> choose(
      List<Identity> identities,
      ClientHello hello,
      List<String> suites,
      List<ProtocolVersion> versions,
      List<String> schemes) {
    return identities.stream()
        .filter(identity -> usable(identity, hello, suites, versions, schemes))
        .findFirst()
        .or(() -> identities.stream().findFirst());
  }

  private static boolean usable(
      Identity identity,
      ClientHello hello,
      List<String> suites,
      List<ProtocolVersion> versions,
      List<String> schemes) {
    PublicKey key = identity.certificate().getPublicKey();
    List<Integer> offered = hello.signatureSchemes();
    boolean signs =
        SignatureScheme.of(key).stream()
            .filter(scheme -> schemes.isEmpty() || schemes.contains(scheme.standardName()))
            .anyMatch(scheme -> offered.isEmpty() || offered.contains(scheme.code()));
    boolean tls13 = versions.contains(ProtocolVersion.TLS_1_3);
    return signs && suites.stream().anyMatch(suite -> fits(suite, key, tls13));
  }

  private static boolean fits(String suite, PublicKey key, boolean tls13) {
    if (!suite.contains("_WITH_")) {
      return tls13;
    }
    boolean rsa = key.getAlgorithm().startsWith("RSA");
    return suite.contains(rsa ? "_RSA_" : "_ECDSA_");
  }
}
