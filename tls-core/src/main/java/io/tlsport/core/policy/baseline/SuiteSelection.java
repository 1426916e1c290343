package io.tlsport.core.policy.baseline;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.spi.Offer;
import java.util.List;
import java.util.Optional;

/** The suites of a context: what the list selects, the versions allow and the engine has. */
public final class SuiteSelection {
  private SuiteSelection() {}

  /**
   * IANA names, most wanted first; never empty.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_SSL_NO_CIPHER_MATCH} if nothing is
   *     left
   */
  public static List<String> select(
      SecurityPolicy policy,
      Optional<String> ciphers,
      Offer offer,
      List<ProtocolVersion> versions) {
    String list = ciphers.orElse(policy.ciphers());
    boolean tls13 = versions.contains(ProtocolVersion.TLS_1_3);
    boolean older = versions.stream().anyMatch(version -> version != ProtocolVersion.TLS_1_3);
    List<String> suites =
        CipherList.parse(list).stream()
            .filter(suite -> suite.isTls13() ? tls13 : older)
            .map(CipherSuite::standardName)
            .filter(offer.suites()::contains)
            .toList();
    if (suites.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_SSL_NO_CIPHER_MATCH,
          "ciphers: of \""
              + list
              + "\" the engine has no suite for "
              + versions
              + "; getCiphers() lists what it has");
    }
    return suites;
  }
}
