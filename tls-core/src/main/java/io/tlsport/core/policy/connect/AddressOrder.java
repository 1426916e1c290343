package io.tlsport.core.policy.connect;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The order in which the addresses of a host are tried (RFC 8305 section 4). */
public final class AddressOrder {
  private AddressOrder() {}

  /**
   * The addresses that are wanted, each once.
   *
   * @param found as the look-up gave them, the most wanted first
   * @param family 4 or 6 for those of that kind only; 0: both
   * @param byTurns IPv6 and IPv4 alternate, beginning with the kind of the first one; false: as
   *     found
   */
  public static List<InetAddress> of(List<InetAddress> found, int family, boolean byTurns) {
    if (found.size() == 1 && (family == 0 || family(found.get(0)) == family)) {
      return List.copyOf(found);
    }
    List<InetAddress> wanted =
        found.stream().filter(one -> family == 0 || family(one) == family).distinct().toList();
    if (wanted.isEmpty() || !byTurns) {
      return wanted;
    }
    int firstKind = family(wanted.get(0));
    List<InetAddress> first = wanted.stream().filter(one -> family(one) == firstKind).toList();
    List<InetAddress> second = wanted.stream().filter(one -> family(one) != firstKind).toList();
    List<InetAddress> order = new ArrayList<>(wanted.size());
    for (int index = 0; index < Math.max(first.size(), second.size()); index++) {
      if (index < first.size()) {
        order.add(first.get(index));
      }
      if (index < second.size()) {
        order.add(second.get(index));
      }
    }
    return List.copyOf(order);
  }

  /** 4 or 6. */
  public static int family(InetAddress address) {
    return address instanceof Inet6Address ? 6 : 4;
  }
}
