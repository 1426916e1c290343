package io.tlsport.core.policy.baseline;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.core.policy.cipher.CipherTable;
import io.tlsport.spi.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The suites of a context: what the list selects, the versions allow and the engine has. */
public final class SuiteSelection {
  private SuiteSelection() {}

  /**
   * IANA names, most wanted first; never empty.
   *
   * @param ecdh false leaves out what exchanges keys over elliptic curves
   * @throws ConfigurationException with {@link ErrorCode#ERR_SSL_NO_CIPHER_MATCH} if nothing is
   *     left
   */
  public static List<String> select(
      SecurityPolicy policy,
      Optional<String> ciphers,
      Offer offer,
      List<ProtocolVersion> versions,
      boolean ecdh) {
    String list = ciphers.orElse(policy.ciphers());
    List<String> suites =
        CipherList.parse(list).stream()
            .filter(suite -> versions.stream().anyMatch(suite::worksWith))
            .filter(suite -> ecdh || !suite.keyExchange().startsWith("ECDH"))
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
              + (ecdh ? "" : " without ECDH")
              + "; getCiphers() lists what it has");
    }
    return suites;
  }

  /** Those of IANA's names whose suites have pre-shared keys, or all others. */
  public static List<String> psk(List<String> suites, boolean wanted) {
    return suites.stream()
        .filter(
            name ->
                wanted
                    == CipherTable.get()
                        .byStandardName(name)
                        .filter(CipherSuite::isPsk)
                        .isPresent())
        .toList();
  }

  /** Those of IANA's names that a pre-shared key can be used with, TLS 1.3 included. */
  public static List<String> takingPsk(List<String> suites) {
    return suites.stream()
        .filter(
            name ->
                CipherTable.get().byStandardName(name).filter(CipherSuite::takesPsk).isPresent())
        .toList();
  }

  /** Those of IANA's names whose suites exchange keys by finite-field Diffie-Hellman. */
  public static List<String> dhe(List<String> suites) {
    List<String> found = new ArrayList<>();
    for (String name : suites) {
      CipherTable.get()
          .byStandardName(name)
          .filter(suite -> suite.keyExchange().startsWith("DH"))
          .ifPresent(suite -> found.add(name));
    }
    return found;
  }
}
