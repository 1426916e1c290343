package io.tlsport.core.runtime;

import io.tlsport.ServerOptions;
import io.tlsport.TlsException;
import io.tlsport.core.engine.EngineDriver;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.engine.Slab;
import io.tlsport.core.engine.Transport;
import io.tlsport.core.netty.NetErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections without a network fail in the ways in which real ones do, before there are any:
 * a process without descriptors can load no class, and a class that could not be loaded once is
 * missing for good. Nobody is told of them.
 */
final class Rehearsal {
  private static final byte[] NO_TLS = {'S', 'S', 'H', '-', '2', '.', '0', '-'};

  /** A ClientHello of 16 MiB, which is refused by an alert. */
  private static final byte[] TOO_LARGE = {22, 3, 1, 0, 6, 1, -1, -1, -1, 3, 3};

  private final ConnectionFactory connections;
  private final ServerOptions options = ServerOptions.builder().build();

  private Rehearsal(ConnectionFactory connections) {
    this.connections = connections.unobserved();
  }

  /** For servers whose connections are made so. */
  static void run(ConnectionFactory connections) {
    System.getLogger("io.tlsport").isLoggable(System.Logger.Level.WARNING);
    aDatedLine();
    Rehearsal rehearsal = new Rehearsal(connections);
    TlsException lacking = NetErrors.of("accept", new IOException("Too many open files"));
    rehearsal.stage(driver -> driver.transportEnded());
    rehearsal.stage(driver -> driver.transportFailed(lacking));
    rehearsal.stage(driver -> driver.received(ByteBuffer.wrap(NO_TLS)));
    rehearsal.stage(driver -> driver.received(ByteBuffer.wrap(TOO_LARGE)));
    rehearsal.stage(driver -> driver.transportClosed());
    rehearsal.stage(driver -> driver.destroy(null));
    rehearsal.stage(driver -> {});
  }

  /** A logger that writes its first line needs the time zones, which are in a file. */
  private static void aDatedLine() {
    String line =
        String.format(
            Locale.getDefault(),
            "%1$tb %1$td, %1$tY %1$tT",
            Instant.EPOCH.atZone(ZoneId.systemDefault()));
    new IOException(line).printStackTrace(new PrintWriter(Writer.nullWriter()));
  }

  /** One connection, to which that happens; if that does not end it, its time does. */
  private void stage(Consumer<EngineDriver> event) {
    Stage stage = new Stage();
    DefaultSocket socket =
        connections.socket(
            stage, stage, options, new SocketHost.Owner() {}, Optional::empty, Optional::empty);
    stage.driver = socket.driver();
    socket.onError(error -> {});
    socket.driver().startServer(hello -> new CompletableFuture<>());
    event.accept(socket.driver());
    socket.driver().readComplete();
    stage.finish();
  }

  /** Loop and network of one connection, both of which do nothing by themselves. */
  private static final class Stage implements Loop, Transport {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    private @Nullable EngineDriver driver;
    private boolean gone;

    void finish() {
      runTasks();
      List.copyOf(timers).forEach(Runnable::run);
      runTasks();
    }

    private void runTasks() {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }

    @Override
    public boolean inLoop() {
      return true;
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      timers.add(task);
      return () -> timers.remove(task);
    }

    @Override
    public void send(Slab slab, @Nullable Accepted accepted) {
      slab.release();
      if (accepted != null) {
        accepted.done(null);
      }
    }

    @Override
    public void flush() {}

    @Override
    public long pending() {
      return 0;
    }

    @Override
    public void read(boolean on) {}

    @Override
    public void close() {
      abort();
    }

    @Override
    public void abort() {
      EngineDriver current = driver;
      if (!gone && current != null) {
        gone = true;
        tasks.add(current::transportClosed);
      }
    }
  }
}
