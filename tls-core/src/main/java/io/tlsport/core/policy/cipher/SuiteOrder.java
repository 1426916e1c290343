package io.tlsport.core.policy.cipher;

import io.tlsport.ProtocolVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The suites that two sides have in common, in the order of the side that decides. */
public final class SuiteOrder {
  private SuiteOrder() {}

  /**
   * Ours that the client offers too and that the version can use, by IANA name; each once, however
   * often it is offered.
   *
   * @param ours most wanted first
   * @param offered the client's, by number, in its order
   * @param version that will be spoken
   * @param ourOrder false: the client's order decides, as is the seed's default
   */
  public static List<String> shared(
      List<String> ours, List<Integer> offered, ProtocolVersion version, boolean ourOrder) {
    List<CipherSuite> known = known(ours, version);
    Set<String> shared = new LinkedHashSet<>();
    if (ourOrder) {
      Set<Integer> theirs = new HashSet<>(offered);
      for (CipherSuite suite : known) {
        if (theirs.contains(suite.code())) {
          shared.add(suite.standardName());
        }
      }
    } else {
      Map<Integer, String> names = new HashMap<>();
      known.forEach(suite -> names.putIfAbsent(suite.code(), suite.standardName()));
      for (Integer code : offered) {
        String name = names.get(code);
        if (name != null) {
          shared.add(name);
        }
      }
    }
    return List.copyOf(shared);
  }

  /** Those that the version can use, by IANA name. */
  public static List<String> usable(List<String> names, ProtocolVersion version) {
    return known(names, version).stream().map(CipherSuite::standardName).toList();
  }

  private static List<CipherSuite> known(List<String> names, ProtocolVersion version) {
    List<CipherSuite> known = new ArrayList<>(names.size());
    for (String name : names) {
      CipherTable.get()
          .byStandardName(name)
          .filter(s -> s.worksWith(version))
          .ifPresent(known::add);
    }
    return known;
  }
}
