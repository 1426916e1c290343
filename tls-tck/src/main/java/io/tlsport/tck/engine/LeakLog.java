package io.tlsport.tck.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps the reports of Netty's leak detector, which it only logs. Netty logs by SLF4J or Log4J if
 * one of them is on the class path, and then nothing comes here.
 */
final class LeakLog extends Handler {
  /** Held here: a logger that nobody holds forgets its handlers. */
  private final Logger logger = Logger.getLogger("io.netty.util.ResourceLeakDetector");

  private final List<String> reports = new ArrayList<>();

  LeakLog() {
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    String message = String.valueOf(entry.getMessage());
    if (message.contains("LEAK")) {
      synchronized (reports) {
        reports.add(message);
      }
    }
  }

  /** The reports so far, which are then forgotten. */
  List<String> drain() {
    synchronized (reports) {
      List<String> drained = List.copyOf(reports);
      reports.clear();
      return drained;
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
