package io.tlsport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command of the program, run in this process on a thread of its own. */
final class CommandRun {
  private static final long PATIENCE_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> arguments;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final List<JsonNode> seen = new ArrayList<>();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  private CommandRun(String... arguments) {
    this.arguments = Arrays.asList(arguments);
  }

  /** Starts a command without input. */
  static CommandRun start(String... arguments) {
    return start(InputStream.nullInputStream(), arguments);
  }

  /** Starts a command with that text as its input. */
  static CommandRun withInput(String input, String... arguments) {
    return start(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), arguments);
  }

  /** Starts a command with that input. */
  static CommandRun start(InputStream input, String... arguments) {
    CommandRun run = new CommandRun(arguments);
    Terminal terminal =
        new Terminal(
            input, run.new Output(), new PrintStream(run.err, true, StandardCharsets.UTF_8));
    Thread thread =
        new Thread(() -> run.status.complete(Main.run(terminal, arguments)), "tls under test");
    thread.setDaemon(true);
    thread.start();
    return run;
  }

  /** Standard output; with {@code --json} each line is an event. */
  private final class Output extends OutputStream {
    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (out) {
        out.write(bytes, offset, length);
      }
      if (arguments.contains("--json")) {
        try {
          events.add(JSON.readTree(bytes, offset, length));
        } catch (IOException notJson) {
          throw new UncheckedIOException(notJson);
        }
      }
    }
  }

  /** The exit status, once it is done. */
  int status() {
    try {
      return status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("no exit status from " + this, failed);
    }
  }

  /** The next event of that name; those before it are passed over. */
  JsonNode event(String name) {
    try {
      while (true) {
        JsonNode next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("no event " + name + " from " + this);
        }
        seen.add(next);
        if (next.get("event").textValue().equals(name)) {
          return next;
        }
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** The names of all events, once it is done. */
  List<String> eventNames() {
    status();
    return allEvents().stream().map(event -> event.get("event").textValue()).toList();
  }

  /** All events, once it is done. */
  List<JsonNode> allEvents() {
    status();
    events.drainTo(seen);
    return List.copyOf(seen);
  }

  /** The port of a server, once it listens. */
  int port() {
    return event("listening").get("port").intValue();
  }

  /** What was written to standard output so far. */
  byte[] outputBytes() {
    synchronized (out) {
      return out.toByteArray();
    }
  }

  /** What was written to standard output so far, as text. */
  String output() {
    return new String(outputBytes(), StandardCharsets.UTF_8);
  }

  /** What was written to standard error so far. */
  String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "tls " + String.join(" ", arguments) + "\n" + output() + errors();
  }
}
