package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.DistinguishedName;
import io.tlsport.ErrorCode;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an authority may issue for (RFC 5280 section 4.2.1.10), as OpenSSL reads it: of the anchor
 * too, and of a leaf without alternative names its common names too. What cannot be understood
 * permits nothing.
 */
final class NameConstraints {
  static final String OID = "2.5.29.30";
  private static final String ALT_NAMES = "2.5.29.17";
  private static final int PERMITTED = 0xa0;
  private static final int EXCLUDED = 0xa1;

  /**
   * Names times constraints, over the whole path: less than a second. OpenSSL allows four times as
   * many for each pair of certificates.
   */
  private static final long MOST_COMPARISONS = 1 << 18;

  /** A directory name is taken apart and written anew each time. */
  private static final long DIRECTORY_COST = 32;

  private static final Pattern DNS_LIKE = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

  private final List<GeneralName> permitted = new ArrayList<>();
  private final List<GeneralName> excluded = new ArrayList<>();

  /** What may still be compared on one path. */
  private static final class Budget {
    private long left = MOST_COMPARISONS;

    boolean covers(long cost) {
      left -= cost;
      return left >= 0;
    }
  }

  private NameConstraints(byte[] extension) throws DerException {
    DerReader fields = new DerReader(new DerReader(extension).octets()).enter(DerReader.SEQUENCE);
    while (!fields.isEmpty()) {
      List<GeneralName> bases =
          switch (fields.peek()) {
            case PERMITTED -> permitted;
            case EXCLUDED -> excluded;
            default -> throw new DerException("name constraints of an unknown kind");
          };
      DerReader subtrees = fields.next();
      while (!subtrees.isEmpty()) {
        DerReader subtree = subtrees.enter(DerReader.SEQUENCE);
        bases.add(GeneralName.next(subtree));
        if (!subtree.isEmpty()) {
          throw new DerException("a subtree has a minimum or a maximum");
        }
      }
    }
  }

  /** The first certificate, from the anchor down, that has a name that it must not have. */
  static Optional<AuthorizationError> check(List<X509Certificate> path) {
    Budget budget = new Budget();
    for (int depth = path.size() - 2; depth >= 0; depth--) {
      X509Certificate certificate = path.get(depth);
      if (depth > 0 && isSelfIssued(certificate)) {
        continue;
      }
      for (int above = path.size() - 1; above > depth; above--) {
        Optional<ErrorCode> error = check(path.get(above), certificate, depth == 0, budget);
        if (error.isPresent()) {
          return Optional.of(OpenSslMessages.error(error.get(), depth));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static Optional<ErrorCode> check(
      X509Certificate authority, X509Certificate certificate, boolean isLeaf, Budget budget) {
    byte[] extension = authority.getExtensionValue(OID);
    if (extension == null) {
      return Optional.empty();
    }
    try {
      return new NameConstraints(extension).violation(names(certificate, isLeaf), budget);
    } catch (DerException | IllegalArgumentException malformed) {
      return Optional.of(ErrorCode.PERMITTED_VIOLATION);
    }
  }

  private Optional<ErrorCode> violation(List<GeneralName> names, Budget budget)
      throws DerException {
    if (!budget.covers(cost(names))) {
      return Optional.of(ErrorCode.PERMITTED_VIOLATION);
    }
    for (GeneralName name : names) {
      boolean constrained = false;
      boolean allowed = false;
      for (GeneralName base : permitted) {
        if (base.tag() == name.tag()) {
          constrained = true;
          allowed |= NameTree.contains(base, name);
        }
      }
      if (constrained && !allowed) {
        return Optional.of(ErrorCode.PERMITTED_VIOLATION);
      }
      for (GeneralName base : excluded) {
        if (base.tag() == name.tag()
            && (NameTree.contains(base, name) || NameTree.covers(name, base))) {
          return Optional.of(ErrorCode.EXCLUDED_VIOLATION);
        }
      }
    }
    return Optional.empty();
  }

  /** Only names of one kind are compared. */
  private long cost(List<GeneralName> names) {
    Map<Integer, Integer> bases = new HashMap<>();
    Stream.concat(permitted.stream(), excluded.stream())
        .forEach(base -> bases.merge(base.tag(), 1, Integer::sum));
    return names.stream()
        .mapToLong(
            name ->
                (long) bases.getOrDefault(name.tag(), 0)
                    * (name.tag() == GeneralName.DIRECTORY ? DIRECTORY_COST : 1))
        .sum();
  }

  private static List<GeneralName> names(X509Certificate certificate, boolean isLeaf)
      throws DerException {
    List<GeneralName> names = new ArrayList<>();
    byte[] subject = certificate.getSubjectX500Principal().getEncoded();
    DistinguishedName attributes = DistinguishedNameReader.read(subject);
    if (!attributes.attributes().isEmpty()) {
      names.add(new GeneralName(GeneralName.DIRECTORY, subject));
    }
    attributes
        .attributes()
        .getOrDefault("emailAddress", List.of())
        .forEach(email -> names.add(text(GeneralName.EMAIL, email)));
    byte[] extension = certificate.getExtensionValue(ALT_NAMES);
    if (extension != null) {
      names.addAll(GeneralName.ofExtension(extension));
    }
    boolean namesHost = names.stream().anyMatch(name -> name.tag() == GeneralName.DNS);
    if (isLeaf && !namesHost) {
      attributes.attributes().getOrDefault("CN", List.of()).stream()
          .filter(name -> DNS_LIKE.matcher(name).matches())
          .forEach(name -> names.add(text(GeneralName.DNS, name)));
    }
    return names;
  }

  private static GeneralName text(int tag, String value) {
    return new GeneralName(tag, value.getBytes(StandardCharsets.UTF_8));
  }
}
