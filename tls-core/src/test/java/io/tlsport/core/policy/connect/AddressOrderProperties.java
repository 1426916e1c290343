package io.tlsport.core.policy.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AddressOrderProperties {
  private static InetAddress address(boolean six, int last) {
    byte[] bytes = new byte[six ? 16 : 4];
    bytes[0] = six ? (byte) 0x20 : 10;
    bytes[bytes.length - 1] = (byte) last;
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<InetAddress> addresses(List<Boolean> kinds) {
    List<InetAddress> all = new ArrayList<>();
    for (int index = 0; index < kinds.size(); index++) {
      all.add(address(kinds.get(index), index % 100));
    }
    return all;
  }

  @Property
  void losesNoneAndKeepsTheOrderWithinAKind(@ForAll List<Boolean> kinds) {
    List<InetAddress> found = addresses(kinds);
    List<InetAddress> order = AddressOrder.of(found, 0, true);
    assertEquals(new HashSet<>(found), new HashSet<>(order));
    assertEquals(new HashSet<>(found).size(), order.size());
    for (int family : new int[] {4, 6}) {
      assertEquals(
          AddressOrder.of(found, family, false),
          order.stream().filter(one -> AddressOrder.family(one) == family).toList());
    }
  }

  @Property
  void alternatesAsLongAsBothKindsLast(@ForAll List<Boolean> kinds) {
    List<InetAddress> order = AddressOrder.of(addresses(kinds), 0, true);
    long six = order.stream().filter(one -> AddressOrder.family(one) == 6).count();
    long both = 2 * Math.min(six, order.size() - six);
    for (int index = 1; index < both; index++) {
      assertTrue(
          AddressOrder.family(order.get(index)) != AddressOrder.family(order.get(index - 1)),
          order::toString);
    }
    if (!kinds.isEmpty()) {
      assertEquals(addresses(kinds).get(0), order.get(0));
    }
  }

  @Example
  void takesOneKindOnly() {
    List<InetAddress> found = List.of(address(true, 1), address(false, 2), address(true, 3));
    assertEquals(List.of(address(false, 2)), AddressOrder.of(found, 4, true));
    assertEquals(found, AddressOrder.of(found, 0, false));
    assertEquals(
        List.of(address(true, 1), address(false, 2), address(true, 3)),
        AddressOrder.of(found, 0, true));
  }
}
