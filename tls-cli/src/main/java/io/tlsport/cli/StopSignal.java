package io.tlsport.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as an ordinary end: the JVM's own exit status after a signal is 128 and more,
 * so the hook that it runs waits for the command and then sets the status itself.
 */
final class StopSignal implements AutoCloseable {
  private static final long LONGEST_STOP_SECONDS = 30;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;
  private volatile int status = ExitStatus.FAILED;

  /** Calls {@code stop} on a signal. */
  StopSignal(Runnable stop) {
    hook = new Thread(() -> stopAndHalt(stop), "tls-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopAndHalt(Runnable stop) {
    stop.run();
    try {
      if (!over.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        status = ExitStatus.FAILED;
      }
    } catch (InterruptedException nobodyInterruptsIt) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status);
  }

  /** The command has done all its work. */
  void done() {
    status = ExitStatus.DONE;
  }

  /** Signals end the JVM at once again. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException signalled) {
      // The hook is running: it has just been told to go on.
    }
  }
}
