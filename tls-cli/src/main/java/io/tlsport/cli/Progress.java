package io.tlsport.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line on a terminal that changes while something long runs; elsewhere nothing. */
final class Progress {
  private static final String ON_TERMINAL = "tlsport.cli.terminal";

  private final PrintStream err;
  private final boolean shown;
  private final Map<String, String> parts = new LinkedHashMap<>();
  private int width;

  Progress(Terminal terminal, boolean shown) {
    this.err = terminal.err();
    this.shown = shown;
  }

  /** On standard error, if the start script found that to be a terminal. */
  static Progress of(Terminal terminal) {
    return new Progress(terminal, Boolean.getBoolean(ON_TERMINAL));
  }

  /** How far one part is. */
  synchronized void tell(String part, String state) {
    parts.put(part, state);
    if (shown) {
      StringBuilder line = new StringBuilder();
      parts.forEach(
          (name, where) ->
              line.append(line.isEmpty() ? "" : "   ").append(name).append(' ').append(where));
      show(line.toString());
    }
  }

  /** Takes the line away, so that something else can be written. */
  synchronized void clear() {
    if (shown) {
      show("");
      err.print('\r');
      err.flush();
    }
  }

  private void show(String line) {
    err.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
    err.flush();
    width = line.length();
  }
}
