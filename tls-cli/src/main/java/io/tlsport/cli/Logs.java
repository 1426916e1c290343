package io.tlsport.cli;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps logging to warnings, a line each, on standard error. */
final class Logs {
  // Held here: java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger ROOT = Logger.getLogger("");

  /** It logs every connection, and each failure that is an event here anyway. */
  private static final Logger BOUNCY_CASTLE = Logger.getLogger("org.bouncycastle");

  /** It logs each attempt to reach Redis, which is an event here, too. */
  private static final Logger LETTUCE = Logger.getLogger("io.lettuce");

  private Logs() {}

  /** To be called before any provider is loaded. */
  static void warningsOnly() {
    ROOT.setLevel(Level.WARNING);
    BOUNCY_CASTLE.setLevel(Level.SEVERE);
    LETTUCE.setLevel(Level.SEVERE);
    for (Handler handler : ROOT.getHandlers()) {
      handler.setFormatter(new OneLine());
    }
  }

  private static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord entry) {
      Throwable thrown = entry.getThrown();
      String cause = thrown == null ? "" : " (" + thrown + ")";
      return "tls: " + formatMessage(entry) + cause + System.lineSeparator();
    }
  }
}
