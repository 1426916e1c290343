package io.tlsport.core.policy.hint;

import io.tlsport.core.policy.verify.InfoAccess;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate at which a chain breaks off.
 *
 * @param below the last that is there, by its subject
 * @param issuer whose certificate is missing
 * @param addresses where the last one says that it can be had; nobody has fetched it
 */
public record MissingIssuer(String below, String issuer, List<String> addresses) {
  private static final String WHERE = "CA Issuers - URI";

  /** Keeps a copy of the addresses. */
  public MissingIssuer {
    addresses = List.copyOf(addresses);
  }

  /** What is missing of a chain that is not empty; empty if it ends in a root. */
  public static Optional<MissingIssuer> of(List<X509Certificate> chain) {
    List<X509Certificate> left = new ArrayList<>(chain);
    X509Certificate last = left.remove(0);
    while (!isSelfIssued(last)) {
      X509Certificate below = last;
      Optional<X509Certificate> issuer =
          left.stream()
              .filter(one -> one.getSubjectX500Principal().equals(below.getIssuerX500Principal()))
              .findFirst();
      if (issuer.isEmpty()) {
        return Optional.of(missing(last));
      }
      left.remove(issuer.get());
      last = issuer.get();
    }
    return Optional.empty();
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static MissingIssuer missing(X509Certificate last) {
    Map<String, List<String>> access = InfoAccess.of(last);
    return new MissingIssuer(
        last.getSubjectX500Principal().getName(),
        last.getIssuerX500Principal().getName(),
        access.getOrDefault(WHERE, List.of()));
  }

  /** True if the issuer is one of these, by its name. */
  public boolean isAmong(List<X509Certificate> known) {
    return known.stream().anyMatch(one -> one.getSubjectX500Principal().getName().equals(issuer));
  }

  /** What to tell the owner of the chain. */
  public String warning() {
    return "a server shows a chain that ends at "
        + below
        + " and most clients cannot verify: append the certificate of its issuer "
        + issuer
        + " to cert"
        + (addresses.isEmpty() ? "" : "; it should be at " + String.join(" or ", addresses));
  }

  /** In a sentence. */
  public String sentence() {
    return "the chain ends at "
        + below
        + ": the certificate of its issuer "
        + issuer
        + " was not sent and is not trusted here"
        + (addresses.isEmpty() ? "" : "; it should be at " + String.join(" or ", addresses));
  }
}
