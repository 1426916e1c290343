package io.tlsport.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code serve} in a process of its own, and what it tells. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("\"event\":\"listening\".*\"port\":(\\d+)");
  private static final String ROTATED = "\"event\":\"ticketKeyRotated\"";
  private static final Pattern ERROR =
      Pattern.compile("\"event\":\"(?:clientError|error)\".*?\"code\":\"(\\w+)\"");

  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final AtomicInteger rotations = new AtomicInteger();
  private final Map<String, Integer> errors = new ConcurrentHashMap<>();

  private ServerProcess(Process process) {
    this.process = process;
  }

  /** Starts it with the JVM and the class path of this process. */
  static ServerProcess start(List<String> options) throws IOException {
    return start(options, List.of());
  }

  /** The same, with options of the JVM besides. */
  static ServerProcess start(List<String> options, List<String> jvm) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), Main.class.getName(), "serve", "--json"));
    command.addAll(options);
    ServerProcess server =
        new ServerProcess(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    Thread reader = new Thread(server::read, "tls-server-events");
    reader.setDaemon(true);
    reader.start();
    return server;
  }

  private void read() {
    try (BufferedReader events =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String event = events.readLine(); event != null; event = events.readLine()) {
        Matcher listening = PORT.matcher(event);
        if (listening.find()) {
          port.complete(Integer.valueOf(listening.group(1)));
        } else if (event.contains(ROTATED)) {
          rotations.incrementAndGet();
        } else {
          Matcher error = ERROR.matcher(event);
          if (error.find()) {
            errors.merge(error.group(1), 1, Integer::sum);
          }
        }
      }
      port.completeExceptionally(new IOException("the server ended: see above"));
    } catch (IOException failed) {
      port.completeExceptionally(failed);
    }
  }

  /** Where it listens, once it does. */
  int port() {
    return port.join();
  }

  /** How often another key has begun to encrypt its tickets. */
  int rotations() {
    return rotations.get();
  }

  /** How often it has told of each code, on connections or before they were any. */
  Map<String, Integer> errors() {
    return new TreeMap<>(errors);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits so long, or until it has ended; true if it has. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
