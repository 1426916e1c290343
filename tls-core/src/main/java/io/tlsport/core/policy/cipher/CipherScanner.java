package io.tlsport.core.policy.cipher;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a cipher list into its rules, as OpenSSL does: colons, commas, semicolons and spaces
 * separate, but a sign after a word begins the next rule as well, so that {@code HIGH!MD5} is two.
 */
final class CipherScanner {
  private static final String SEPARATORS = ":, ;";
  private static final String SIGNS = "+-!@";

  private final String text;
  private final List<CipherRule> rules = new ArrayList<>();
  private int at;

  private CipherScanner(String text) {
    this.text = text;
  }

  /**
   * The rules of a list; may be none.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_SSL_INVALID_COMMAND} for a character
   *     that can be no part of a word, or a sign without a word
   */
  static List<CipherRule> scan(String text) {
    CipherScanner scanner = new CipherScanner(text);
    while (scanner.at < text.length()) {
      if (isIn(SEPARATORS, text.charAt(scanner.at))) {
        scanner.at++;
      } else {
        scanner.rule();
      }
    }
    return scanner.rules;
  }

  static ConfigurationException invalid(String text) {
    return new ConfigurationException(
        ErrorCode.ERR_SSL_INVALID_COMMAND,
        "ciphers: \""
            + text
            + "\" cannot be read: after a word come : + - ! @STRENGTH or @SECLEVEL=0 to 5");
  }

  private void rule() {
    Operation operation = Operation.of(text.charAt(at));
    if (isIn(SIGNS, text.charAt(at))) {
      at++;
    }
    List<String> words = new ArrayList<>();
    words.add(word());
    while (operation != Operation.COMMAND && isKnown(words) && isAt('+')) {
      at++;
      words.add(word());
    }
    rules.add(new CipherRule(operation, words));
    if (operation == Operation.COMMAND || !isKnown(words)) {
      skip();
    }
  }

  private boolean isAt(char sign) {
    return at < text.length() && text.charAt(at) == sign;
  }

  private static boolean isKnown(List<String> words) {
    String last = words.get(words.size() - 1);
    return CipherWord.meaning(last).isPresent() || CipherTable.get().knows(last);
  }

  private String word() {
    int start = at;
    while (at < text.length() && isWordCharacter(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw invalid(text);
    }
    return text.substring(start, at);
  }

  /** OpenSSL drops what is glued to an unknown word. */
  private void skip() {
    while (at < text.length() && !isIn(SEPARATORS, text.charAt(at))) {
      at++;
    }
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || isIn("-_.=", c);
  }

  private static boolean isIn(String set, char c) {
    return set.indexOf(c) >= 0;
  }
}
