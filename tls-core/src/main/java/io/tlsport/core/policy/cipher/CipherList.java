package io.tlsport.core.policy.cipher;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An OpenSSL cipher list, evaluated as OpenSSL 3 does: words add, {@code -} removes, {@code !}
 * removes for good, {@code +} moves to the end; unknown words are passed over. Names of TLS 1.3
 * suites in it select those, as in Node; without one all three usual ones are in.
 */
public final class CipherList {
  private static final String DEFAULT = "ALL:!COMPLEMENTOFDEFAULT:!eNULL";
  private static final List<String> TLS13 =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

  /** What OpenSSL's security levels demand of a suite, in bits; index is the level. */
  private static final int[] LEVEL_BITS = {0, 80, 112, 128, 192, 256};

  private final List<CipherSuite> inactive = new ArrayList<>();
  private final List<CipherSuite> active = new ArrayList<>();
  private final List<CipherSuite> tls13 = new ArrayList<>();
  private int level;

  private CipherList() {
    CipherTable.get().suites().stream().filter(suite -> !suite.isTls13()).forEach(inactive::add);
  }

  /**
   * The suites that a list selects, TLS 1.3 first, most wanted first.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_SSL_NO_CIPHER_MATCH} if it selects
   *     none
   */
  public static List<CipherSuite> parse(String text) {
    CipherList list = new CipherList();
    String[] words = text.trim().split("[:, ;]+", -1);
    for (int i = 0; i < words.length; i++) {
      if (i == 0 && words[i].equals("DEFAULT")) {
        for (String word : DEFAULT.split(":", -1)) {
          list.apply(word);
        }
      } else {
        list.apply(words[i]);
      }
    }
    return list.result(text);
  }

  /** True if a list names suites of TLS 1.3, which not every engine can choose among. */
  public static boolean choosesTls13(String text) {
    return Arrays.stream(text.split("[:, ;]+", -1))
        .anyMatch(word -> CipherTable.get().byName(word).filter(CipherSuite::isTls13).isPresent());
  }

  private void apply(String word) {
    if (word.isEmpty()) {
      return;
    }
    switch (word.charAt(0)) {
      case '@' -> command(word.substring(1));
      case '!' -> meaning(word.substring(1)).ifPresent(this::kill);
      case '-' -> meaning(word.substring(1)).ifPresent(this::remove);
      case '+' -> meaning(word.substring(1)).ifPresent(this::moveToEnd);
      default -> {
        Optional<CipherSuite> modern = CipherTable.get().byName(word).filter(CipherSuite::isTls13);
        modern.filter(suite -> !tls13.contains(suite)).ifPresent(tls13::add);
        meaning(word).ifPresent(this::add);
      }
    }
  }

  private void command(String command) {
    if (command.equals("STRENGTH")) {
      active.sort(Comparator.comparingInt(CipherSuite::strength).reversed());
    } else if (command.startsWith("SECLEVEL=") && command.length() == "SECLEVEL=".length() + 1) {
      int asked = Character.digit(command.charAt(command.length() - 1), 10);
      if (asked >= 0 && asked < LEVEL_BITS.length) {
        level = asked;
      }
    }
  }

  /** Words joined by {@code +} all have to fit; an unknown one makes the whole unknown. */
  private static Optional<Predicate<CipherSuite>> meaning(String expression) {
    Predicate<CipherSuite> all = suite -> true;
    for (String word : expression.split("\\+", -1)) {
      Optional<Predicate<CipherSuite>> one = CipherWord.meaning(word);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all = all.and(one.get());
    }
    return Optional.of(all);
  }

  private void add(Predicate<CipherSuite> which) {
    move(inactive, active, which);
  }

  private void moveToEnd(Predicate<CipherSuite> which) {
    move(active, active, which);
  }

  /** What is removed last comes back first. */
  private void remove(Predicate<CipherSuite> which) {
    List<CipherSuite> moved = active.stream().filter(which).toList();
    active.removeAll(moved);
    inactive.addAll(0, moved);
  }

  private void kill(Predicate<CipherSuite> which) {
    active.removeIf(which);
    inactive.removeIf(which);
  }

  private static void move(
      List<CipherSuite> from, List<CipherSuite> to, Predicate<CipherSuite> which) {
    List<CipherSuite> moved = from.stream().filter(which).toList();
    from.removeAll(moved);
    to.addAll(moved);
  }

  private List<CipherSuite> result(String text) {
    List<CipherSuite> result = new ArrayList<>(tls13);
    if (tls13.isEmpty()) {
      TLS13.forEach(name -> CipherTable.get().byName(name).ifPresent(result::add));
    }
    List<CipherSuite> older =
        active.stream().filter(suite -> suite.strength() >= LEVEL_BITS[level]).toList();
    if (older.isEmpty() && tls13.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_SSL_NO_CIPHER_MATCH,
          "ciphers: \"" + text + "\" selects no cipher suite; see ./tls ciphers -v ALL");
    }
    result.addAll(older);
    return List.copyOf(result);
  }
}
