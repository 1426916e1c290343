package io.tlsport.core.policy.baseline;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.policy.group.NamedGroup;
import io.tlsport.spi.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key-exchange groups of a context: {@code ecdhCurve}, by OpenSSL's or IANA's names, and the
 * finite fields that DHE suites need beside the curves.
 */
public final class GroupSelection {
  private static final String COMMON_HYBRID = NamedGroup.X25519_MLKEM768.standardName();

  private GroupSelection() {}

  /**
   * IANA names, most wanted first; empty: the engine's own.
   *
   * @param tls13 true if TLS 1.3 is enabled, which alone has hybrid groups
   * @param dhe the finite fields that DHE suites may use; empty where no such suite is selected
   * @param dheChosen true if {@code dhparam} chose them
   * @throws ConfigurationException for a name that the engine does not have, or if a hybrid group
   *     is required and the options leave none
   */
  public static List<String> select(
      SecurityPolicy policy,
      SecureContextOptions options,
      Offer offer,
      boolean tls13,
      List<String> dhe,
      boolean dheChosen) {
    List<String> groups = classic(policy, options, offer, dhe, dheChosen);
    return switch (options.postQuantum()) {
      case RELAXED -> groups;
      case PREFER -> tls13 && !options.ecdhDisabled() ? hybridFirst(groups, offer, dhe) : groups;
      case REQUIRE -> hybridOnly(groups, options, offer);
    };
  }

  private static List<String> hybridFirst(List<String> groups, Offer offer, List<String> dhe) {
    List<String> named = hybrid(groups);
    List<String> first = named.isEmpty() ? hybrid(offer.groups()) : named;
    if (first.isEmpty()) {
      return groups;
    }
    Stream<String> others =
        groups.isEmpty() ? Stream.concat(curves(offer), dhe.stream()) : groups.stream();
    return Stream.concat(first.stream(), others).distinct().toList();
  }

  private static List<String> hybridOnly(
      List<String> groups, SecureContextOptions options, Offer offer) {
    boolean open = options.ecdhCurve().filter(list -> !list.equals("auto")).isEmpty();
    List<String> left = hybrid(open ? offer.groups() : groups);
    if (left.isEmpty() || options.ecdhDisabled()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "postQuantum REQUIRE: ecdhCurve allows no hybrid group; name one of "
              + hybrid(offer.groups())
              + ", or leave ecdhCurve out");
    }
    return left;
  }

  /** Those with ML-KEM, the one that most peers have first. */
  private static List<String> hybrid(List<String> names) {
    return names.stream()
        .filter(GroupSelection::isPostQuantum)
        .sorted(Comparator.comparing(name -> !name.equals(COMMON_HYBRID)))
        .toList();
  }

  private static Stream<String> curves(Offer offer) {
    return offer.groups().stream().filter(name -> !NamedGroup.isFiniteField(name));
  }

  private static List<String> classic(
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
    Stream<String> base = curves.isEmpty() ? curves(offer) : curves.stream();
    return Stream.concat(base, dhe.stream()).distinct().toList();
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
    return Stream.of(curves.split(":", -1)).anyMatch(GroupSelection::isPostQuantum);
  }

  private static boolean isPostQuantum(String name) {
    return NamedGroup.byName(name).filter(NamedGroup::isPostQuantum).isPresent();
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
