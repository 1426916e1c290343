package io.tlsport.cli;

import java.io.PrintStream;

/** One line on a terminal that changes while something long runs; elsewhere nothing. */
final class Progress {
  private static final String ON_TERMINAL = "tlsport.cli.terminal";
  private static final int WIDEST = 79;

  private final PrintStream err;
  private final boolean shown;
  private int width;

  Progress(Terminal terminal, boolean shown) {
    this.err = terminal.err();
    this.shown = shown;
  }

  /** On standard error, if the start script found that to be a terminal. */
  static Progress of(Terminal terminal) {
    return new Progress(terminal, Boolean.getBoolean(ON_TERMINAL));
  }

  /** How far the part is that runs now. */
  synchronized void tell(String part, String state) {
    if (shown) {
      String line = part + ": " + state;
      // What is wider than the terminal would begin a new line each time.
      show(line.length() > WIDEST ? line.substring(0, WIDEST) : line);
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
