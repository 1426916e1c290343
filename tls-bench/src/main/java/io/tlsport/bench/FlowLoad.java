package io.tlsport.bench;

import io.tlsport.TLSSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Connections that stay, and what flows over them. */
final class FlowLoad implements Load {
  private static final int PATIENCE_SECONDS = 20;

  private final Work work;
  private final List<Flow> flows = new ArrayList<>();
  private final ByteBuffer chunk;
  private final AtomicLong roundTrips = new AtomicLong();
  private final Semaphore silent;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Latencies latencies = new Latencies();
  private volatile boolean running;

  /** A load that is stopped, on connections that stand. */
  FlowLoad(Clients clients, Row row, int port) {
    this.work = row.work();
    this.chunk = Clients.line(work.question());
    this.silent = new Semaphore(row.connections());
    for (int i = 0; i < row.connections(); i++) {
      Flow flow = new Flow(clients.tls().connect(clients.to(port, row.version()).build()));
      flows.add(flow);
      Clients.within(flow.socket.secured());
      Clients.requireSuite(flow.socket);
      flow.stop();
    }
  }

  @Override
  public void start() {
    if (work.asks()) {
      silent.acquireUninterruptibly(flows.size());
    }
    running = true;
    flows.forEach(Flow::start);
  }

  @Override
  public void stop() {
    running = false;
    flows.forEach(Flow::stop);
    if (work.asks()) {
      awaitAnswers();
    }
    check();
  }

  private void awaitAnswers() {
    try {
      if (!silent.tryAcquire(flows.size(), PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("answers do not come");
      }
      silent.release(flows.size());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void check() {
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  @Override
  public long units() {
    if (work.echoes()) {
      return roundTrips.get();
    }
    return flows.stream()
        .mapToLong(flow -> work.receives() ? flow.socket.bytesWritten() : flow.socket.bytesRead())
        .sum();
  }

  @Override
  public Latencies latencies() {
    return latencies;
  }

  @Override
  public void close() {
    running = false;
    flows.forEach(flow -> flow.socket.destroy());
  }

  /** One connection. */
  private final class Flow {
    private final TLSSocket socket;
    private int came;
    private long asked;

    Flow(TLSSocket socket) {
      this.socket = socket;
      socket.onData(this::read);
      socket.onDrain(this::write);
      socket.onError(
          error -> {
            failure.set(error);
            silent.release();
          });
    }

    void start() {
      if (work.sends()) {
        socket.resume();
      } else if (work.asks()) {
        ask();
      } else {
        write();
      }
    }

    void stop() {
      if (work.sends()) {
        socket.pause();
      }
    }

    private void ask() {
      asked = System.nanoTime();
      socket.write(chunk.duplicate());
    }

    private void read(ByteBuffer data) {
      if (!work.asks()) {
        return;
      }
      came += data.remaining();
      if (came == work.answer()) {
        came = 0;
        if (work.echoes()) {
          latencies.took(System.nanoTime() - asked);
        }
        roundTrips.incrementAndGet();
        if (running) {
          ask();
        } else {
          silent.release();
        }
      }
    }

    private void write() {
      while (work.receives() && running && socket.writable()) {
        socket.write(chunk.duplicate());
      }
    }
  }
}
