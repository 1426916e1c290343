package io.tlsport.core.policy.sni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Host names, patterns, and the table that is filled with them. */
class SniProperties {
  @Provide
  Arbitrary<String> label() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .withCharRange('0', '9')
        .ofMinLength(1)
        .ofMaxLength(6);
  }

  @Provide
  Arbitrary<String> host() {
    return label().list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
  }

  private static String otherCase(String text) {
    StringBuilder other = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                other.append(
                    (char) (Character.isUpperCase(c) ? c + 32 : Character.toUpperCase(c))));
    return other.toString();
  }

  @Property(tries = 300)
  void aNameMatchesItselfInAnyCase(@ForAll("host") String host) {
    HostPattern pattern = HostPattern.parse(host);
    assertTrue(pattern.matches(otherCase(host)));
    assertTrue(HostPattern.parse(otherCase(host)).matches(host + "."));
    assertFalse(pattern.matches("x." + host));
  }

  @Property(tries = 300)
  void aStarIsExactlyOneLabel(@ForAll("label") String label, @ForAll("host") String host) {
    HostPattern pattern = HostPattern.parse("*." + host);
    assertTrue(pattern.matches(label + "." + otherCase(host)));
    assertFalse(pattern.matches(host));
    assertFalse(pattern.matches("." + host));
    assertFalse(pattern.matches(label + "." + label + "." + host));
  }

  /** Controls are escaped there, as in every message. */
  private static void assertShown(String text, ConfigurationException refused) {
    String shown = new ConfigurationException(refused.code(), text).getMessage();
    assertTrue(refused.getMessage().contains(shown), refused::getMessage);
  }

  @Property(tries = 500)
  void anyTextIsAPatternOrRefused(@ForAll String text) {
    try {
      HostPattern pattern = HostPattern.parse(text);
      assertEquals(pattern, HostPattern.parse(pattern.toString()));
    } catch (ConfigurationException refused) {
      assertShown(text, refused);
    }
  }

  /** Against the plainest thing that could work: the last entry of a list that matches. */
  @Property(tries = 300)
  void theTableFindsTheLastOneAdded(
      @ForAll("changes") List<Tuple2<String, Boolean>> changes, @ForAll("few") String asked) {
    ContextTable<Integer> table = new ContextTable<>();
    List<Tuple2<String, Integer>> model = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      String pattern = changes.get(i).get1();
      boolean had = model.removeIf(entry -> entry.get1().equalsIgnoreCase(pattern));
      if (changes.get(i).get2()) {
        table.add(pattern, i);
        model.add(Tuple.of(pattern, i));
      } else {
        assertEquals(had, table.remove(pattern));
      }
    }
    Collections.reverse(model);
    Optional<Integer> expected =
        model.stream()
            .filter(entry -> HostPattern.parse(entry.get1()).matches(asked))
            .map(Tuple2::get2)
            .findFirst();
    assertEquals(expected, table.find(asked));
  }

  @Provide
  Arbitrary<String> few() {
    return Arbitraries.of("a.b", "A.b", "b", "a.a.b", "b.b");
  }

  @Provide
  Arbitrary<List<Tuple2<String, Boolean>>> changes() {
    Arbitrary<String> patterns = Arbitraries.of("a.b", "A.B", "*.b", "*.B", "b", "*.a.b");
    Arbitrary<Boolean> adds = Arbitraries.of(true, true, false);
    return patterns.flatMap(p -> adds.map(add -> Tuple.of(p, add))).list().ofMaxSize(12);
  }

  @Property(tries = 300)
  void aHostIsSentAsItIs(@ForAll("host") String host) {
    if (!ServerName.isAddress(host)) {
      assertEquals(Optional.of(host), ServerName.ofHost(host));
      assertEquals(Optional.of(host), ServerName.ofHost(host + "."));
      assertTrue(ServerName.isHostName(host.toLowerCase(Locale.ROOT)));
    }
  }

  @Property(tries = 1000)
  void anyTextIsSentAsAHostNameOrNotAtAll(@ForAll String text) {
    try {
      ServerName.ofHost(text).ifPresent(name -> assertTrue(ServerName.isHostName(name), name));
    } catch (ConfigurationException refused) {
      assertShown(text, refused);
    }
  }

  @Property(tries = 500)
  void anyBytesOfAnAddressComeBackFromItsText(@ForAll("address") byte[] bytes) {
    IpAddress address = IpAddress.of(bytes).orElseThrow();
    assertEquals(Optional.of(address), IpAddress.parse(address.toString()));
    assertEquals(
        Optional.of(address), IpAddress.parse(address.toString().toLowerCase(Locale.ROOT)));
    assertTrue(ServerName.isAddress(address.toString()));
  }

  @Provide
  Arbitrary<byte[]> address() {
    return Arbitraries.of(4, 16)
        .flatMap(size -> Arbitraries.bytes().array(byte[].class).ofSize(size));
  }

  @Property(tries = 1000)
  void anyTextIsAnAddressOrNot(@ForAll("almostAddress") String text) {
    IpAddress.parse(text)
        .ifPresent(
            address -> assertEquals(Optional.of(address), IpAddress.parse(address.toString())));
  }

  @Provide
  Arbitrary<String> almostAddress() {
    return Arbitraries.oneOf(
            Arbitraries.of(":", "::", ".", "%", "0", "1", "ff", "FFFF", "256", "10000", "00", "g"),
            Arbitraries.strings().ofMaxLength(1))
        .list()
        .ofMaxSize(16)
        .map(parts -> String.join("", parts));
  }
}
