package io.tlsport.core.policy.hello;

import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.signature.SignatureScheme;
import io.tlsport.spi.Identity;
import java.util.List;
import java.util.Optional;

/** Which of a server's identities a client can use. */
public final class IdentityChoice {
  private IdentityChoice() {}

  /**
   * The first identity whose key the client can verify, with a suite that both have.
   *
   * @param suites shared suites of the version, by IANA name
   * @param version that will be spoken
   * @param schemes what we sign with, by IANA name; empty: whatever the engine has
   * @return the first identity of all if none fits, so that the engine says why; empty if there is
   *     none
   */
  public static Optional<Identity> choose(
      List<Identity> identities,
      ClientHello hello,
      List<String> suites,
      ProtocolVersion version,
      List<String> schemes) {
    for (Identity identity : identities) {
      if (usable(identity, hello, suites, version, schemes)) {
        return Optional.of(identity);
      }
    }
    return identities.stream().findFirst();
  }

  private static boolean usable(
      Identity identity,
      ClientHello hello,
      List<String> suites,
      ProtocolVersion version,
      List<String> schemes) {
    String key = identity.keyAlgorithm();
    boolean signs =
        version.compareTo(ProtocolVersion.TLS_1_2) < 0
            ? SignatureScheme.worksWithoutNames(key)
            : signs(key, hello.signatureSchemes(), schemes);
    return signs && suites.stream().anyMatch(suite -> fits(suite, key));
  }

  private static boolean signs(String key, List<Integer> offered, List<String> schemes) {
    for (SignatureScheme scheme : SignatureScheme.of(key)) {
      if ((schemes.isEmpty() || schemes.contains(scheme.standardName()))
          && (offered.isEmpty() || offered.contains(scheme.code()))) {
        return true;
      }
    }
    return false;
  }

  /** A suite of TLS 1.3 says nothing of keys. */
  private static boolean fits(String suite, String key) {
    if (!suite.contains("_WITH_")) {
      return true;
    }
    boolean rsa = key.startsWith("RSA");
    return suite.contains(rsa ? "_RSA_" : "_ECDSA_");
  }
}
