package io.tlsport.core.policy.cipher;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * An OpenSSL cipher list, evaluated as OpenSSL 3 does: words add, {@code -} removes, {@code !}
 * removes for good, {@code +} moves to the end; unknown words are passed over. Names of TLS 1.3
 * suites in it select those, as in Node; without one all three usual ones are in.
 *
 * <p>Two things are refused that OpenSSL passes over, as Node refuses them: an unknown name that
 * begins with {@code TLS_}, and taking a TLS 1.3 suite away rather than naming those that are
 * wanted. Without {@code @SECLEVEL} the level is OpenSSL's own, 1: no suite without authentication
 * or encryption gets in.
 */
public final class CipherList {
  private static final String DEFAULT = "ALL:!COMPLEMENTOFDEFAULT:!eNULL";
  private static final List<String> TLS13 =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

  private static final String SUITE_B_128 = "ECDHE-ECDSA-AES128-GCM-SHA256";
  private static final String SUITE_B_192 = "ECDHE-ECDSA-AES256-GCM-SHA384";

  private final String text;
  private final List<CipherSuite> inactive = new ArrayList<>();
  private final List<CipherSuite> active = new ArrayList<>();
  private final List<CipherSuite> tls13 = new ArrayList<>();
  private SecurityLevel level = SecurityLevel.DEFAULT;
  private boolean setsLevel;

  private CipherList(String text) {
    this.text = text;
    CipherTable.get().suites().stream().filter(suite -> !suite.isTls13()).forEach(inactive::add);
  }

  /**
   * The suites that a list selects, TLS 1.3 first, most wanted first.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_SSL_NO_CIPHER_MATCH} if it selects
   *     none, with {@link ErrorCode#ERR_SSL_INVALID_COMMAND} if it cannot be read
   */
  public static List<CipherSuite> parse(String text) {
    return read(text).result();
  }

  /** The level that {@code @SECLEVEL=} sets, which holds for keys and certificates too. */
  public static OptionalInt securityLevel(String text) {
    CipherList list = read(text);
    return list.setsLevel ? OptionalInt.of(list.level.number()) : OptionalInt.empty();
  }

  private static CipherList read(String text) {
    CipherList list = new CipherList(text);
    String rest = suiteB(text).replaceFirst("^[:, ;]+", "");
    if (rest.startsWith("DEFAULT")) {
      CipherScanner.scan(DEFAULT).forEach(list::apply);
      rest = rest.substring("DEFAULT".length());
    }
    CipherScanner.scan(rest).forEach(list::apply);
    return list;
  }

  /** A list that begins with a word of Suite B (RFC 6460) is that and nothing else, in OpenSSL. */
  private static String suiteB(String text) {
    if (text.startsWith("SUITEB128ONLY")) {
      return SUITE_B_128;
    }
    if (text.startsWith("SUITEB128C2") || text.startsWith("SUITEB192")) {
      return SUITE_B_192;
    }
    return text.startsWith("SUITEB128") ? SUITE_B_128 + ":" + SUITE_B_192 : text;
  }

  /** True if a list names suites of TLS 1.3, which not every engine can choose among. */
  public static boolean choosesTls13(String text) {
    return CipherScanner.scan(text).stream()
        .anyMatch(rule -> rule.operation() == Operation.ADD && rule.tls13().isPresent());
  }

  private void apply(CipherRule rule) {
    refuseWhatNodeRefuses(rule);
    rule.tls13().filter(suite -> !tls13.contains(suite)).ifPresent(tls13::add);
    Predicate<CipherSuite> which = rule.meaning();
    switch (rule.operation()) {
      case ADD -> move(inactive, active, which);
      case MOVE_TO_END -> move(active, active, which);
      case REMOVE -> remove(which);
      case KILL -> kill(which);
      case COMMAND -> command(rule.words().get(0));
    }
  }

  private void refuseWhatNodeRefuses(CipherRule rule) {
    boolean takesTls13 = rule.operation() != Operation.ADD && rule.tls13().isPresent();
    if (takesTls13) {
      throw new ConfigurationException(
          ErrorCode.ERR_SSL_NO_CIPHER_MATCH,
          "ciphers: \"" + text + "\" takes away a suite of TLS 1.3: name those that are wanted");
    }
    for (String word : rule.words()) {
      if (word.startsWith("TLS_") && !CipherTable.get().knows(word)) {
        throw new ConfigurationException(
            ErrorCode.ERR_SSL_NO_CIPHER_MATCH, "ciphers: no suite is called " + word);
      }
    }
  }

  private void command(String command) {
    if (command.equals("STRENGTH")) {
      active.sort(Comparator.comparingInt(CipherSuite::strength).reversed());
    } else {
      level = SecurityLevel.ofCommand(command).orElseThrow(() -> CipherScanner.invalid(text));
      setsLevel = true;
    }
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

  private List<CipherSuite> result() {
    List<CipherSuite> modern = new ArrayList<>(tls13);
    if (modern.isEmpty()) {
      TLS13.forEach(name -> CipherTable.get().byName(name).ifPresent(modern::add));
    }
    List<CipherSuite> older = active.stream().filter(level::allows).toList();
    if (older.isEmpty() && tls13.isEmpty()) {
      throw new ConfigurationException(ErrorCode.ERR_SSL_NO_CIPHER_MATCH, nothing());
    }
    modern.removeIf(suite -> !level.allows(suite));
    modern.addAll(older);
    return List.copyOf(modern);
  }

  private String nothing() {
    return active.isEmpty()
        ? "ciphers: \"" + text + "\" selects no cipher suite; see ./tls ciphers -v ALL"
        : "ciphers: all that \""
            + text
            + "\" selects is too weak for security level "
            + level.number()
            + ": choose others, or add @SECLEVEL=0 to accept them";
  }
}
