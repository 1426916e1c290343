package io.tlsport.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConnectOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.TestIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which may have little of something. */
final class TargetProcess implements AutoCloseable {
  private static final int FEW = 1000;

  private final Process process;
  private final BufferedReader out;
  private final Path errors;
  private final Tls friends;
  private final int port;

  private TargetProcess(Process process, Path errors) throws IOException {
    this.process = process;
    this.errors = errors;
    this.friends = Tls.builder().provider("jdk").build();
    this.out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    this.port = read();
  }

  /**
   * Starts one.
   *
   * @param folder for its key, certificate and errors
   * @param spare descriptors that it leaves to the rest of its process
   * @param descriptors that it may have at most
   * @param jvm options of its JVM
   */
  static TargetProcess start(
      Path folder, String provider, int spare, int descriptors, String... jvm) throws IOException {
    return start(
        folder,
        EchoTarget.class,
        provider,
        descriptors,
        Arrays.asList(jvm),
        List.of(String.valueOf(spare)));
  }

  /** Starts a {@link StoppingTarget}, with a ticket key or without. */
  static TargetProcess stopping(Path folder, String provider, Optional<Path> ticketKey)
      throws IOException {
    return start(
        folder,
        StoppingTarget.class,
        provider,
        FEW,
        List.of(),
        ticketKey.map(Path::toString).map(List::of).orElse(List.of()));
  }

  private static TargetProcess start(
      Path folder,
      Class<?> program,
      String provider,
      int descriptors,
      List<String> jvm,
      List<String> more)
      throws IOException {
    TestIdentity identity = Identities.server();
    Path key = Files.write(folder.resolve("key.pem"), identity.key().bytes());
    Path chain = Files.write(folder.resolve("chain.pem"), identity.chain().bytes());
    Path errors = folder.resolve("errors.txt");
    List<String> command = new ArrayList<>();
    command.addAll(
        Arrays.asList(
            "sh",
            "-c",
            "ulimit -n " + descriptors + "; exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    command.addAll(
        Arrays.asList(
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            provider,
            key.toString(),
            chain.toString()));
    command.addAll(more);
    return new TargetProcess(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  private int read() throws IOException {
    String line = out.readLine();
    if (line == null) {
      process.destroyForcibly();
    }
    assertTrue(line != null, () -> "it did not start: " + errors());
    return Integer.parseInt(String.valueOf(line));
  }

  int port() {
    return port;
  }

  /** SIGTERM; {@link Process#destroy} would close its output too. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** What it tells from now to its end, which comes within a minute or is made. */
  List<String> rest() {
    CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES).execute(process::destroyForcibly);
    return out.lines().toList();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What it has written to its log. */
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** Whether a friend gets an echo within seconds. */
  boolean serves() {
    TLSSocket friend =
        friends.connect(
            ConnectOptions.builder()
                .host("127.0.0.1")
                .port(port)
                .servername("localhost")
                .connectTimeout(Duration.ofSeconds(1))
                .handshakeTimeout(Duration.ofSeconds(1))
                .context(context -> context.ca(Identities.ca()))
                .build());
    CompletableFuture<Boolean> back = new CompletableFuture<>();
    friend.onError(error -> back.complete(false));
    friend.onData(data -> back.complete(true));
    friend.onClose(() -> back.complete(false));
    friend.write(ByteBuffer.wrap(new byte[] {1}));
    boolean served = Patience.await(back, "the echo of a friend, or its error");
    friend.destroy();
    return served;
  }

  @Override
  public void close() {
    friends.close();
    process.destroyForcibly().onExit().join();
  }
}
