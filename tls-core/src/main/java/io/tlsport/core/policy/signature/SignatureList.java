package io.tlsport.core.policy.signature;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An OpenSSL list of signature algorithms ({@code SSL_CTX_set1_sigalgs_list(3)}): separated by
 * colons, each either IANA's name or an algorithm and a digest joined by a plus sign.
 */
public final class SignatureList {
  /** OpenSSL's second name for it. */
  private static final Map<String, String> ALGORITHMS = Map.of("PSS", "RSA-PSS");

  private SignatureList() {}

  /**
   * The schemes of a list, most wanted first, each once; never empty.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} for a word that is
   *     no signature algorithm: as in OpenSSL, none is passed over
   */
  public static List<SignatureScheme> parse(String text) {
    List<SignatureScheme> schemes = new ArrayList<>();
    for (String word : text.split(":", -1)) {
      SignatureScheme scheme = scheme(word).orElseThrow(() -> unknown(text, word));
      if (!schemes.contains(scheme)) {
        schemes.add(scheme);
      }
    }
    return List.copyOf(schemes);
  }

  private static Optional<SignatureScheme> scheme(String word) {
    int plus = word.indexOf('+');
    if (plus < 0) {
      return SignatureScheme.byName(word);
    }
    String algorithm = word.substring(0, plus);
    // OpenSSL has digests in upper and in lower case, and nothing between.
    String digest = word.substring(plus + 1);
    String upper = digest.toUpperCase(Locale.ROOT);
    boolean oneCase = digest.equals(upper) || digest.equals(upper.toLowerCase(Locale.ROOT));
    return oneCase
        ? SignatureScheme.of(ALGORITHMS.getOrDefault(algorithm, algorithm), upper)
        : Optional.empty();
  }

  private static ConfigurationException unknown(String text, String word) {
    return new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        "sigalgs: \""
            + word
            + "\" in \""
            + text
            + "\" is no signature algorithm: write rsa_pss_rsae_sha256, RSA+SHA256, ECDSA+SHA384,"
            + " ed25519 or the like, separated by colons");
  }
}
