package io.tlsport.core.policy.cipher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The suites that two sides have in common, in the order of the side that decides. */
public final class SuiteOrder {
  private SuiteOrder() {}

  /**
   * Ours that the client offers too, by IANA name.
   *
   * @param ours most wanted first
   * @param offered the client's, by number, in its order
   * @param ourOrder false: the client's order decides, as is the seed's default
   */
  public static List<String> shared(List<String> ours, List<Integer> offered, boolean ourOrder) {
    List<CipherSuite> known =
        ours.stream().map(CipherTable.get()::byStandardName).flatMap(Optional::stream).toList();
    if (ourOrder) {
      return known.stream()
          .filter(suite -> offered.contains(suite.code()))
          .map(CipherSuite::standardName)
          .toList();
    }
    List<String> shared = new ArrayList<>();
    for (int code : offered) {
      known.stream()
          .filter(suite -> suite.code() == code)
          .map(CipherSuite::standardName)
          .findFirst()
          .ifPresent(shared::add);
    }
    return List.copyOf(shared);
  }
}
