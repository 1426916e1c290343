package io.tlsport.core.policy.cipher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.testpki.OpenSsl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cipher lists against the program whose grammar they have: as it was recorded, and as it answers
 * on this machine. Where there is none, the recording stands in for it.
 */
class CipherListOpenSslTest {
  private static final Path HERE = Path.of(".");

  /** OpenSSL before 3.2 counts their short tags in full, which changes places and levels. */
  private static final String SHORT_TAGS = "CCM8";

  @BeforeAll
  static void saysWhoIsAsked(TestReporter reporter) {
    reporter.publishEntry("cipher lists are compared with a recording and", OpenSsl.description());
  }

  static Stream<Arguments> lists() throws IOException {
    return recording("openssl-cipher-lists.tsv");
  }

  static Stream<Arguments> levels() throws IOException {
    return recording("openssl-security-levels.tsv");
  }

  private static Stream<Arguments> recording(String resource) throws IOException {
    try (InputStream in = CipherListOpenSslTest.class.getResourceAsStream(resource)) {
      assertNotNull(in, resource);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> Arguments.of(cells[0], cells[1]));
    }
  }

  @Test
  void comparesTwoHundredListsAndMore() throws IOException {
    assertTrue(lists().count() >= 200);
    assertEquals(24, levels().count());
  }

  @Test
  void comparesEveryWord() throws IOException {
    Set<String> recorded =
        lists()
            .flatMap(list -> Arrays.stream(((String) list.get()[0]).split("[:, ;!+-]", -1)))
            .collect(Collectors.toSet());
    assertEquals(
        List.of(),
        CipherWord.names().stream().filter(word -> !recorded.contains(word)).toList(),
        "words that no recorded list has");
  }

  @ParameterizedTest
  @MethodSource("lists")
  void selectsWhatOpenSslWasRecordedToSelect(String list, String recorded) {
    assertSame(list, recorded, ours(list + ":@SECLEVEL=0"));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void selectsWhatOpenSslSelectsHere(String list, String recorded) {
    String expected = OpenSsl.present() ? theirs(list) : recorded;
    assertSame(list, expected, ours(list + ":@SECLEVEL=0"));
  }

  @ParameterizedTest
  @MethodSource("levels")
  void keepsWhatASecurityLevelWasRecordedToKeep(String list, String recorded) {
    assertSame(list, refusedIfEmpty(recorded), ours(list));
  }

  @ParameterizedTest
  @MethodSource("levels")
  void keepsWhatASecurityLevelKeepsHere(String list, String recorded) {
    String expected = OpenSsl.present() ? theirs("-s", "-psk", "-srp", list) : recorded;
    assertSame(list, refusedIfEmpty(expected), ours(list));
  }

  /** Where a level leaves TLS 1.3 alone, OpenSSL goes on without a word, and we do not. */
  private static String refusedIfEmpty(String names) {
    boolean empty =
        Arrays.stream(names.split(":", -1)).allMatch(n -> n.isEmpty() || n.startsWith("TLS_"));
    return empty ? refusal(false) : names;
  }

  private static void assertSame(String list, String expected, String actual) {
    assertEquals(comparable(list, expected), comparable(list, actual));
  }

  /** Names that both sides have, in order; or the refusal. */
  private static List<String> comparable(String list, String names) {
    boolean refused = names.indexOf(' ') >= 0;
    return Arrays.stream(names.split(":", -1))
        .filter(name -> refused || both().contains(name))
        .filter(name -> !list.contains("@") || !name.contains(SHORT_TAGS))
        .toList();
  }

  /** RC4 and 3DES are compiled out of OpenSSL; its newest versions lack more. */
  private static Set<String> both() {
    Set<String> theirs = OpenSsl.present() ? Set.of(Known.PROGRAM.split(":", -1)) : Set.of();
    return CipherTable.get().suites().stream()
        .filter(suite -> !suite.isTls13())
        .map(CipherSuite::name)
        .filter(name -> !name.contains("RC4") && !name.contains("DES-CBC3"))
        .filter(name -> theirs.isEmpty() || theirs.contains(name))
        .collect(Collectors.toSet());
  }

  /** Asked once. */
  private static final class Known {
    static final String PROGRAM = theirs("ALL:COMPLEMENTOFALL");
  }

  private static String ours(String list) {
    try {
      return CipherList.parse(list).stream()
          .map(CipherSuite::name)
          .collect(Collectors.joining(":"));
    } catch (ConfigurationException refused) {
      return refusal(refused.code() == ErrorCode.ERR_SSL_INVALID_COMMAND);
    }
  }

  private static String theirs(String... arguments) {
    OpenSsl.Result result =
        OpenSsl.tryRun(
            HERE,
            Stream.concat(Stream.of("ciphers"), Arrays.stream(arguments)).toArray(String[]::new));
    return result.status() == 0
        ? result.out().trim()
        : refusal(result.out().contains("invalid command"));
  }

  private static String refusal(boolean unreadable) {
    return unreadable ? "invalid command" : "no cipher match";
  }
}
