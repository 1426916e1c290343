package io.tlsport.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The echo server, on a thread of its own until it is closed. */
final class RunningServer implements AutoCloseable {
  private static final String BOUND = "server bound ";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread thread;

  RunningServer(String provider, String key, String cert, String ca) {
    List<String> args = List.of(provider, "0", key, cert, ca);
    thread =
        new Thread(
            () ->
                Example.start(
                    "EchoServer P P K C C", args, EchoServer::run, lines::add, lines::add),
            "echo server");
    thread.setDaemon(true);
    thread.start();
  }

  /** What it says next. */
  String line() throws InterruptedException {
    return Objects.requireNonNull(lines.poll(30, TimeUnit.SECONDS), "the server says nothing");
  }

  /** Its port, which is the first that it says. */
  String port() throws InterruptedException {
    return line().replace(BOUND, "");
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(30_000);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    assertFalse(thread.isAlive());
  }
}
