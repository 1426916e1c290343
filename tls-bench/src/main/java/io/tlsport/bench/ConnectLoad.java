package io.tlsport.bench;

import io.tlsport.ConnectOptions;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Connection after connection, several at a time, each with 64 bytes there and back. */
final class ConnectLoad implements Load {
  private static final int PATIENCE_SECONDS = 20;

  private final Clients clients;
  private final Row row;
  private final int port;
  private final int parallel;
  private final AtomicReferenceArray<@Nullable Session> sessions;
  private final Semaphore idle;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong resumed = new AtomicLong();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Runnable secured;
  private volatile boolean running;

  /** A load that is stopped: as many chains of connections as the row says. */
  ConnectLoad(Clients clients, Row row, int port) {
    this(clients, row, port, () -> {});
  }

  /** The same, which tells of each handshake on its thread. */
  ConnectLoad(Clients clients, Row row, int port, Runnable secured) {
    this.clients = clients;
    this.row = row;
    this.port = port;
    this.parallel = row.connections();
    this.sessions = new AtomicReferenceArray<>(parallel);
    this.idle = new Semaphore(parallel);
    this.secured = secured;
  }

  @Override
  public void start() {
    awaitAll();
    running = true;
    for (int chain = 0; chain < parallel; chain++) {
      next(chain);
    }
  }

  @Override
  public void stop() {
    running = false;
    awaitAll();
    idle.release(parallel);
    check();
  }

  private void awaitAll() {
    try {
      if (!idle.tryAcquire(parallel, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("connections do not end");
      }
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

  /** One connection of each chain. */
  void once() {
    start();
    stop();
  }

  private void next(int chain) {
    ConnectOptions.Builder options = clients.to(port, row.version());
    Session session = sessions.get(chain);
    if (row.work() == Work.RESUME && session != null) {
      options.session(session);
    }
    TLSSocket socket = clients.tls().connect(options.build());
    socket.onSession(made -> sessions.set(chain, made));
    socket.onData(data -> socket.end());
    socket.onSecureConnect(
        () -> {
          secured.run();
          Clients.requireSuite(socket);
          socket.write(Clients.line(Work.CONNECT.chunk()));
        });
    socket.onError(failure::set);
    socket.onClose(
        () -> {
          done.incrementAndGet();
          if (socket.sessionReused()) {
            resumed.incrementAndGet();
          }
          if (running && failure.get() == null) {
            next(chain);
          } else {
            idle.release();
          }
        });
  }

  @Override
  public long units() {
    return done.get();
  }

  @Override
  public long resumed() {
    return resumed.get();
  }

  @Override
  public void close() {
    running = false;
  }
}
