package io.tlsport.core.policy.cipher;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One rule of a cipher list.
 *
 * @param operation what it does
 * @param words all of them have to fit a suite; of a command there is one
 */
record CipherRule(Operation operation, List<String> words) {
  /** Keeps a copy of the words. */
  CipherRule {
    words = List.copyOf(words);
  }

  /** Which older suites it means: none if a word is unknown, or if it is a command. */
  Predicate<CipherSuite> meaning() {
    Predicate<CipherSuite> all = suite -> operation != Operation.COMMAND;
    for (String word : words) {
      all = all.and(CipherWord.meaning(word).orElse(suite -> false));
    }
    return all;
  }

  /** The TLS 1.3 suite that it names, if it names one. */
  Optional<CipherSuite> tls13() {
    return words.size() == 1
        ? CipherTable.get().byName(words.get(0)).filter(CipherSuite::isTls13)
        : Optional.empty();
  }
}
