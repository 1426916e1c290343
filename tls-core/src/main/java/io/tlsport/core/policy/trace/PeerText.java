package io.tlsport.core.policy.trace;

import java.util.Locale;

/** Text that a peer sent, for a terminal or a log: it can end no line and move no cursor. */
final class PeerText {
  private PeerText() {}

  /** In quotes; whatever is not printable ASCII, and the quote itself, by its number. */
  static String quoted(String text) {
    StringBuilder safe = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                safe.append((char) c);
              } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return safe.append('"').toString();
  }
}
