package io.tlsport.cli;

import java.util.Locale;

/** How a test, a rule or a pair came out, from good to bad. */
enum Verdict {
  /** It works. */
  OK,
  /** The provider has it not, says so, and refused it in time. */
  REFUSED,
  /** It fails, and that is known, with a link. */
  DEFECT,
  /** It fails. */
  FAILED;

  /** The word that reports use. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The verdict of that word.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Verdict of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
