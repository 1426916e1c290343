package io.tlsport.core.policy.baseline;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.policy.group.NamedGroup;
import io.tlsport.spi.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key-exchange groups of a context: {@code ecdhCurve}, by OpenSSL's or IANA's names, and the
 * finite fields that DHE suites need beside the curves.
 */
public final class GroupSelection {
  private GroupSelection() {}

  /**
   * IANA names, most wanted first; empty: the engine's own.
   *
   * @param dhe the finite fields that DHE suites may use; empty where no such suite is selected
   * @param dheChosen true if {@code dhparam} chose them
   * @throws ConfigurationException for a name that the engine does not have
   */
  public static List<String> select(
      SecurityPolicy policy,
      SecureContextOptions options,
      Offer offer,
      List<String> dhe,
      boolean dheChosen) {
    if (options.ecdhDisabled()) {
      return dheChosen ? dhe : NamedGroup.finiteFields(offer.groups());
    }
    List<String> curves = curves(policy, options, offer);
    boolean enginesOwnHaveThem = curves.isEmpty() && !dheChosen;
    if (dhe.isEmpty() || enginesOwnHaveThem) {
      return curves;
    }
    List<String> base =
        curves.isEmpty()
            ? offer.groups().stream().filter(name -> !NamedGroup.isFiniteField(name)).toList()
            : curves;
    return Stream.concat(base.stream(), dhe.stream()).distinct().toList();
  }

  private static List<String> curves(
      SecurityPolicy policy, SecureContextOptions options, Offer offer) {
    Optional<String> asked = options.ecdhCurve();
    if (asked.filter("auto"::equals).isPresent()) {
      return List.of();
    }
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
    return groups.stream().distinct().toList();
  }

  /** True if the list names a group with ML-KEM, which not every engine has. */
  public static boolean namesPostQuantum(String curves) {
    return Stream.of(curves.split(":", -1))
        .map(NamedGroup::byName)
        .flatMap(Optional::stream)
        .anyMatch(NamedGroup::isPostQuantum);
  }

  private static Optional<String> find(String name, Offer offer) {
    String standard = NamedGroup.byName(name).map(NamedGroup::standardName).orElse(name);
    return offer.groups().stream().filter(standard::equalsIgnoreCase).findFirst();
  }

  private static ConfigurationException unknown(String name, Offer offer) {
    return new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        "ecdhCurve: the engine has no group \"" + name + "\"; it has " + offer.groups());
  }
}
