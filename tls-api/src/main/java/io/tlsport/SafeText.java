package io.tlsport;

import java.util.Locale;

/**
 * Text that may hold what a peer or an engine said, for people and for logs: one line, of bounded
 * length, that moves no cursor and turns no other text around.
 */
final class SafeText {
  /** Enough for every sentence of ours with a few names in it. */
  private static final int LONGEST = 2000;

  private SafeText() {}

  /** The text as one line. */
  static String line(String text) {
    return text.length() <= LONGEST && text.codePoints().allMatch(SafeText::isHarmless)
        ? text
        : escaped(text);
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .takeWhile(c -> safe.length() < LONGEST)
        .forEach(
            c -> {
              if (isHarmless(c)) {
                safe.appendCodePoint(c);
              } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    boolean cut = safe.length() >= LONGEST;
    return cut ? safe + "... (" + text.length() + " characters)" : safe.toString();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
