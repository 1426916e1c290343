package io.tlsport.core.policy.cipher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws of OpenSSL's cipher lists. */
class CipherListProperties {
  private static final List<String> WORDS =
      List.of(
          "ALL",
          "HIGH",
          "MEDIUM",
          "COMPLEMENTOFALL",
          "COMPLEMENTOFDEFAULT",
          "AES",
          "AES128",
          "AES256",
          "AESGCM",
          "AESCCM",
          "CBC",
          "CAMELLIA",
          "CHACHA20",
          "ARIA",
          "3DES",
          "RC4",
          "SHA",
          "SHA256",
          "MD5",
          "kRSA",
          "DHE",
          "ECDHE",
          "ECDH",
          "PSK",
          "SRP",
          "aRSA",
          "ECDSA",
          "aNULL",
          "eNULL",
          "TLSv1.2",
          "SSLv3",
          "FIPS",
          "LOW");

  private static final List<String> NAMES =
      CipherTable.get().suites().stream()
          .filter(suite -> !suite.isTls13())
          .map(CipherSuite::name)
          .toList();

  /** Suites before TLS 1.3, whatever their security level; none where the list is refused. */
  private static List<String> select(String list) {
    try {
      return CipherList.parse(list + ":@SECLEVEL=0").stream()
          .filter(suite -> !suite.isTls13())
          .map(CipherSuite::name)
          .toList();
    } catch (ConfigurationException refused) {
      assertEquals(ErrorCode.ERR_SSL_NO_CIPHER_MATCH, refused.code());
      return List.of();
    }
  }

  @Provide
  Arbitrary<String> word() {
    return Arbitraries.oneOf(Arbitraries.of(WORDS), Arbitraries.of(NAMES));
  }

  @Provide
  Arbitrary<String> selection() {
    return word().list().ofMinSize(1).ofMaxSize(3).map(words -> String.join("+", words));
  }

  @Provide
  Arbitrary<String> list() {
    Arbitrary<String> rule =
        Combinators.combine(Arbitraries.of("", "", "", "-", "!", "+"), selection())
            .as((sign, words) -> sign + words);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(12, rule),
            net.jqwik.api.Tuple.of(1, Arbitraries.of("@STRENGTH", "unknown", "DEFAULT")))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(rules -> String.join(":", rules));
  }

  @Property(tries = 300)
  void selectsNothingThatTheTableLacksAndNothingTwice(@ForAll("list") String list) {
    List<String> selected = select(list);
    assertTrue(new HashSet<>(NAMES).containsAll(selected));
    assertEquals(selected.size(), new HashSet<>(selected).size());
  }

  @Property(tries = 200)
  void killingTakesOutForGood(
      @ForAll("list") String before,
      @ForAll("selection") String killed,
      @ForAll("list") String after) {
    List<String> left = select(before + ":!" + killed + ":" + after);
    assertTrue(select(killed).stream().noneMatch(left::contains));
  }

  @Property(tries = 200)
  void removingTakesOutExactlyThat(@ForAll("list") String list, @ForAll("selection") String word) {
    List<String> expected = new ArrayList<>(select(list));
    expected.removeAll(select(word));
    assertEquals(expected, select(list + ":-" + word));
    assertEquals(expected, select(list + ":!" + word));
  }

  @Property(tries = 200)
  void removedSuitesCanComeBack(@ForAll("list") String list, @ForAll("selection") String word) {
    Set<String> expected = new HashSet<>(select(list + ":" + word));
    assertEquals(expected, new HashSet<>(select(list + ":" + word + ":-" + word + ":" + word)));
  }

  @Property(tries = 200)
  void addingPutsNewOnesBehindAndMovesNothing(
      @ForAll("list") String list, @ForAll("selection") String word) {
    List<String> before = select(list);
    List<String> after = select(list + ":" + word);
    assertEquals(before, after.subList(0, before.size()));
    assertTrue(select(word).containsAll(after.subList(before.size(), after.size())));
  }

  @Property(tries = 200)
  void addingTwiceIsAddingOnce(@ForAll("list") String list, @ForAll("selection") String word) {
    assertEquals(select(list + ":" + word), select(list + ":" + word + ":" + word));
  }

  @Property(tries = 200)
  void movingToTheEndKeepsBothPartsInOrder(
      @ForAll("list") String list, @ForAll("selection") String word) {
    List<String> moved = select(word);
    List<String> expected = new ArrayList<>(select(list));
    expected.removeAll(moved);
    select(list).stream().filter(moved::contains).forEach(expected::add);
    assertEquals(expected, select(list + ":+" + word));
  }

  @Property(tries = 100)
  void wordsJoinedByPlusAllHaveToFit(@ForAll("word") String one, @ForAll("word") String two) {
    List<String> expected = new ArrayList<>(select(one));
    expected.retainAll(select(two));
    assertEquals(expected, select(one + "+" + two));
  }

  @Property(tries = 100)
  void strengthSortsDownAndKeepsEquals(@ForAll("list") String list) {
    List<String> before = select(list);
    List<String> sorted = select(list + ":@STRENGTH");
    List<Integer> strengths =
        sorted.stream().map(CipherListProperties::strength).collect(Collectors.toList());
    assertTrue(
        IntStream.range(1, strengths.size())
            .allMatch(i -> strengths.get(i - 1) >= strengths.get(i)));
    for (int strength : new HashSet<>(strengths)) {
      assertEquals(withStrength(before, strength), withStrength(sorted, strength));
    }
  }

  private static int strength(String name) {
    return CipherTable.get().byName(name).orElseThrow().strength();
  }

  private static List<String> withStrength(List<String> names, int strength) {
    return names.stream().filter(name -> strength(name) == strength).toList();
  }

  @Property(tries = 100)
  void unknownWordsChangeNothing(@ForAll("list") String list, @ForAll("list") String more) {
    assertEquals(
        select(list + ":" + more), select(list + ":none:!none:-none:+none:AES+none:" + more));
  }

  @Property(tries = 100)
  void anySeparatorWillDo(@ForAll("list") String list) {
    String expected = select(list).toString();
    for (String separator : List.of(",", " ", ";", " : ", "::")) {
      assertEquals(expected, select(list.replace(":", separator)).toString());
    }
  }

  @Property(tries = 100)
  void aHigherLevelOnlyTakesAway(
      @ForAll("list") String list, @ForAll @IntRange(min = 1, max = 5) int level) {
    List<String> kept = atLevel(list, level);
    List<String> expected = new ArrayList<>(atLevel(list, level - 1));
    expected.retainAll(kept);
    assertEquals(expected, kept);
  }

  private static List<String> atLevel(String list, int level) {
    try {
      return CipherList.parse(list + ":@SECLEVEL=" + level).stream()
          .map(CipherSuite::name)
          .toList();
    } catch (ConfigurationException refused) {
      assertEquals(ErrorCode.ERR_SSL_NO_CIPHER_MATCH, refused.code());
      return List.of();
    }
  }

  @Property(tries = 1000)
  void anyTextGivesSuitesOrOneOfTwoErrors(@ForAll("text") String text) {
    try {
      assertTrue(!CipherList.parse(text).isEmpty());
    } catch (ConfigurationException refused) {
      assertTrue(
          refused.code() == ErrorCode.ERR_SSL_NO_CIPHER_MATCH
              || refused.code() == ErrorCode.ERR_SSL_INVALID_COMMAND);
    }
  }

  @Provide
  Arbitrary<String> text() {
    Arbitrary<String> pieces =
        Arbitraries.oneOf(
            word(),
            Arbitraries.of(":", "+", "-", "!", "@", "=", ",", "TLS_", "STRENGTH", "SECLEVEL", "3"),
            Arbitraries.strings().ofMaxLength(2));
    return pieces.list().ofMaxSize(12).map(all -> String.join("", all));
  }
}
