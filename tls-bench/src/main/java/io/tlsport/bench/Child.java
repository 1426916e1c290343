package io.tlsport.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process, as the system sees it, that ends with its standard input. A server says {@code PORT n}
 * once it listens and {@code HEAP n} when it is asked; clients say {@code READY n}, begin with the
 * next line, and say {@code STOPPED n} after the one behind that.
 */
final class Child implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final long KIB = 1024;
  private static final Path PROC = Path.of("/proc");

  private final Process process;
  private final BufferedReader said;
  private final Path state;
  private final Thread end;

  /** Starts it. */
  Child(List<String> command) {
    try {
      this.process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
    this.said = process.inputReader(StandardCharsets.UTF_8);
    this.state = PROC.resolve(Long.toString(process.pid()));
    this.end = new Thread(process::destroyForcibly, "bench-child-end");
    Runtime.getRuntime().addShutdownHook(end);
  }

  /** Whether this system tells what is asked for here. */
  static boolean isPossible() {
    return Files.isReadable(PROC.resolve("self/schedstat"));
  }

  /** The number behind that word on its next line. */
  long awaits(String word) {
    String line =
        Clients.within(
            CompletableFuture.supplyAsync(this::line)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS));
    if (!line.startsWith(word + " ")) {
      throw new IllegalStateException("it says: " + line);
    }
    return Long.parseLong(line.substring(word.length() + 1));
  }

  private String line() {
    try {
      String line = said.readLine();
      return line == null ? "nothing, and has ended" : line;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** What its heap holds after a collection, in bytes. */
  long heap() {
    tell();
    return awaits("HEAP");
  }

  /** Throws if it has ended. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("it has ended");
    }
  }

  /** Sends it an empty line. */
  void tell() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** CPU time of its main thread. */
  long mainThreadNanos() {
    return Long.parseLong(read("task/" + process.pid() + "/schedstat").split(" ", 2)[0]);
  }

  /** CPU time of its threads whose names begin so. */
  long threadNanos(String name) {
    long nanos = 0;
    try (Stream<Path> tasks = Files.list(state.resolve("task"))) {
      for (Path task : tasks.toList()) {
        // One that ends meanwhile is none of them.
        if (Files.isReadable(task) && read(task + "/comm").startsWith(name)) {
          nanos += Long.parseLong(read(task + "/schedstat").split(" ", 2)[0]);
        }
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    return nanos;
  }

  /** CPU time of all its threads, compilers and collectors among them. */
  long cpuNanos() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
  }

  /** The memory that is resident, in bytes. */
  long resident() {
    return KIB
        * read("status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
  }

  /** Open descriptors. */
  long descriptors() {
    try (Stream<Path> files = Files.list(state.resolve("fd"))) {
      return files.count();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(state.resolve(file)).trim();
    } catch (NoSuchFileException gone) {
      if (process.isAlive()) {
        return "";
      }
      throw new UncheckedIOException("it has ended", gone);
    } catch (IOException gone) {
      throw new UncheckedIOException("it has ended", gone);
    }
  }

  /** Ends it at once. */
  void kill() {
    process.destroyForcibly();
    close();
  }

  /** Ends it, and waits until it has done what it does at its end. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      said.close();
    } catch (IOException broken) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException ending) {
      // The JVM ends already, and the hook does its work.
      end.setDaemon(end.isDaemon());
    }
  }
}
