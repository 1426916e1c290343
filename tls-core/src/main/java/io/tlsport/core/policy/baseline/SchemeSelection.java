package io.tlsport.core.policy.baseline;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.core.policy.signature.SignatureList;
import io.tlsport.core.policy.signature.SignatureScheme;
import io.tlsport.spi.Offer;
import java.util.List;

/** The signature schemes of a context: {@code sigalgs}. */
public final class SchemeSelection {
  private SchemeSelection() {}

  /**
   * IANA names, most wanted first.
   *
   * @throws ConfigurationException for a word that is none, or that the engine does not have
   */
  public static List<String> select(String sigalgs, Offer offer) {
    List<String> names =
        SignatureList.parse(sigalgs).stream().map(SignatureScheme::standardName).toList();
    for (String name : names) {
      if (!offer.schemes().contains(name)) {
        throw new ConfigurationException(
            ErrorCode.ERR_INVALID_ARG_VALUE,
            "sigalgs: the engine has no scheme " + name + "; it has " + offer.schemes());
      }
    }
    return names;
  }
}
