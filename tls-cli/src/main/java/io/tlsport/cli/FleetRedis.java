package io.tlsport.cli;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A Redis of this machine that a fleet shares, and that is taken away from it. */
final class FleetRedis implements AutoCloseable {
  private static final String PROGRAM = "redis-server";
  private static final Pattern PATH = Pattern.compile(Pattern.quote(File.pathSeparator));
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final int port;
  private final String password;
  private Process process;

  private FleetRedis(int port, String password) throws IOException {
    this.port = port;
    this.password = password;
    this.process = run();
  }

  /** Whether there is one on the path. */
  static boolean isInstalled() {
    return PATH.splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
  }

  /** Starts one on a free port, with a password from those bytes. */
  static FleetRedis start(byte[] random) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return new FleetRedis(port, HexFormat.of().formatHex(random));
  }

  private Process run() throws IOException {
    // The settings come by standard input: other users see the arguments of a process.
    Process started =
        new ProcessBuilder(PROGRAM, "-")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (java.io.Writer settings = started.outputWriter()) {
      settings.write("bind 127.0.0.1\nport " + port + "\nrequirepass " + password + "\n");
      settings.write("save \"\"\nappendonly no\n");
    }
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!listens()) {
      if (!started.isAlive() || System.nanoTime() > end) {
        throw new IOException(PROGRAM + " does not start");
      }
      Thread.onSpinWait();
    }
    return started;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where the fleet finds it. */
  String place() {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  /** It stays connected and says nothing more. */
  void pause() throws IOException {
    signal("STOP");
  }

  /** It goes on. */
  void resume() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().onExit().join();
  }

  /** Its connections break. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again, with nothing in it. */
  void restart() throws IOException {
    process = run();
  }

  @Override
  public void close() {
    kill();
  }
}
