package io.tlsport.core.policy.hello;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.Identity;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which of a server's identities a client can use. */
public final class IdentityChoice {
  private static final Set<Integer> RSA =
      Set.of(0x0401, 0x0501, 0x0601, 0x0804, 0x0805, 0x0806, 0x0201, 0x0301);
  private static final Set<Integer> RSA_PSS = Set.of(0x0809, 0x080a, 0x080b);
  private static final Set<Integer> ECDSA = Set.of(0x0403, 0x0503, 0x0603, 0x0203, 0x0303);
  private static final Set<Integer> EDWARDS = Set.of(0x0807, 0x0808);

  private IdentityChoice() {}

  /**
   * The first identity whose key the client can verify, with a suite that both have.
   *
   * @param suites shared suites by IANA name
   * @param versions shared versions
   * @return the first identity of all if none fits, so that the engine says why; empty if there is
   *     none
   */
  public static Optional<Identity> choose(
      List<Identity> identities,
      ClientHello hello,
      List<String> suites,
      List<ProtocolVersion> versions) {
    return identities.stream()
        .filter(identity -> usable(identity, hello, suites, versions))
        .findFirst()
        .or(() -> identities.stream().findFirst());
  }

  private static boolean usable(
      Identity identity, ClientHello hello, List<String> suites, List<ProtocolVersion> versions) {
    PublicKey key = identity.certificate().getPublicKey();
    Set<Integer> schemes = schemes(key);
    List<Integer> offered = hello.signatureSchemes();
    if (!offered.isEmpty() && offered.stream().noneMatch(schemes::contains)) {
      return false;
    }
    boolean tls13 = versions.contains(ProtocolVersion.TLS_1_3);
    return suites.stream().anyMatch(suite -> fits(suite, key, tls13));
  }

  private static Set<Integer> schemes(PublicKey key) {
    if (key instanceof ECPublicKey || key.getAlgorithm().equals("EC")) {
      return ECDSA;
    }
    return switch (key.getAlgorithm()) {
      case "RSASSA-PSS" -> RSA_PSS;
      case "RSA" -> RSA;
      default -> EDWARDS;
    };
  }

  private static boolean fits(String suite, PublicKey key, boolean tls13) {
    if (!suite.contains("_WITH_")) {
      return tls13;
    }
    boolean rsa = key.getAlgorithm().startsWith("RSA");
    return suite.contains(rsa ? "_RSA_" : "_ECDSA_");
  }
}
