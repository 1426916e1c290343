package io.tlsport.core.policy.baseline;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SecureContextOptions;
import io.tlsport.spi.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The key-exchange groups of a context: {@code ecdhCurve}, by OpenSSL's or IANA's names. */
public final class GroupSelection {
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "prime256v1", "secp256r1",
          "p-256", "secp256r1",
          "p-384", "secp384r1",
          "p-521", "secp521r1");

  private GroupSelection() {}

  /**
   * IANA names, most wanted first.
   *
   * @throws ConfigurationException for a name that the engine does not have
   */
  public static List<String> select(
      SecurityPolicy policy, SecureContextOptions options, Offer offer) {
    if (options.ecdhDisabled()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "ecdhCurve: false is open, see docs/from-node.md; choose suites without ECDHE instead");
    }
    Optional<String> asked = options.ecdhCurve().filter(curves -> !curves.equals("auto"));
    if (asked.isEmpty()) {
      return policy.groups().stream()
          .map(name -> find(name, offer))
          .flatMap(Optional::stream)
          .toList();
    }
    List<String> groups = new ArrayList<>();
    for (String name : asked.get().split(":", -1)) {
      groups.add(find(name, offer).orElseThrow(() -> unknown(name, offer)));
    }
    return List.copyOf(groups);
  }

  /** True if the list names a group with ML-KEM, which not every engine has. */
  public static boolean namesPostQuantum(String curves) {
    return curves.toUpperCase(Locale.ROOT).contains("MLKEM");
  }

  private static Optional<String> find(String name, Offer offer) {
    String standard = OTHER_NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    return offer.groups().stream().filter(standard::equalsIgnoreCase).findFirst();
  }

  private static ConfigurationException unknown(String name, Offer offer) {
    return new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        "ecdhCurve: the engine has no group \"" + name + "\"; it has " + offer.groups());
  }
}
