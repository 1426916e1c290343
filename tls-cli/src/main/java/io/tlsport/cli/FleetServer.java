package io.tlsport.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One server of a fleet: {@code serve} in a process of its own. */
final class FleetServer implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("\"event\":\"listening\".*\"port\":(\\d+)");
  private static final String ROTATED = "\"event\":\"ticketKeyRotated\"";

  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final AtomicInteger rotations = new AtomicInteger();

  private FleetServer(Process process) {
    this.process = process;
  }

  /** Starts it with the JVM and the class path of this process. */
  static FleetServer start(List<String> options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--json"));
    command.addAll(options);
    FleetServer server =
        new FleetServer(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    Thread reader = new Thread(server::read, "tls-fleet-events");
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
        }
      }
      port.completeExceptionally(new IOException("a server of the fleet ended: see above"));
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

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
