package io.tlsport.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Debian's redis-server with a password, on a free port of the loopback interface. */
final class RedisServer implements AutoCloseable {
  private static final String PASSWORD = "p@ss/word";
  private static final String IN_ADDRESS = "p%40ss%2Fword";
  private static final Pattern PATH = Pattern.compile(Pattern.quote(File.pathSeparator));
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final int port;
  private Process process;

  private RedisServer(int port) throws IOException {
    this.port = port;
    this.process = run();
  }

  /** True if it is on the path; if not, that is printed. */
  static boolean isInstalled() {
    boolean found =
        PATH.splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
    if (!found) {
      System.out.println("redis-server is not installed here: nothing is said about it as a peer");
    }
    return found;
  }

  static RedisServer start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return new RedisServer(port);
  }

  private Process run() throws IOException {
    Process started =
        new ProcessBuilder(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--requirepass",
                PASSWORD,
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory-policy",
                "noeviction")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!answers()) {
      if (!started.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("redis-server does not start");
      }
      Thread.onSpinWait();
    }
    return started;
  }

  private boolean answers() {
    try {
      return command("PING").startsWith("+PONG");
    } catch (IOException notYet) {
      return false;
    }
  }

  String address() {
    return "redis://:" + IN_ADDRESS + "@127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** The first line of the answer. */
  String command(String... words) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      send(socket, List.of("AUTH", PASSWORD));
      line(socket.getInputStream());
      send(socket, List.of(words));
      return line(socket.getInputStream());
    }
  }

  private static void send(Socket socket, List<String> words) throws IOException {
    StringBuilder command = new StringBuilder("*" + words.size() + "\r\n");
    for (String word : words) {
      command.append("$" + word.length() + "\r\n" + word + "\r\n");
    }
    socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** It stays connected and says nothing more. */
  void freeze() throws IOException {
    signal("STOP");
  }

  void thaw() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().onExit().join();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts again, with nothing in it. */
  void restart() throws IOException {
    process = run();
  }

  @Override
  public void close() {
    kill();
  }
}
