package io.tlsport.bench;

import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Connection after connection, several at a time, each with 64 bytes there and back. */
final class ConnectLoad implements Load {
  private final Clients clients;
  private final int port;
  private final ProtocolVersion version;
  private final boolean resume;
  private final int parallel;
  private final AtomicReferenceArray<@Nullable Session> sessions;
  private final Semaphore idle;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong resumed = new AtomicLong();
  private final AtomicReference<@Nullable TlsException> failure = new AtomicReference<>();
  private volatile boolean running;

  /**
   * A load that is stopped.
   *
   * @param resume whether each chain of connections resumes what the connection before left
   * @param parallel how many chains there are
   */
  ConnectLoad(Clients clients, int port, ProtocolVersion version, boolean resume, int parallel) {
    this.clients = clients;
    this.port = port;
    this.version = version;
    this.resume = resume;
    this.parallel = parallel;
    this.sessions = new AtomicReferenceArray<>(parallel);
    this.idle = new Semaphore(parallel);
  }

  @Override
  public void start() {
    idle.acquireUninterruptibly(parallel);
    running = true;
    for (int chain = 0; chain < parallel; chain++) {
      next(chain);
    }
  }

  @Override
  public void stop() {
    running = false;
    idle.acquireUninterruptibly(parallel);
    idle.release(parallel);
    check();
  }

  @Override
  public void check() {
    TlsException failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(failed);
    }
  }

  /** One connection of each chain. */
  void once() {
    idle.acquireUninterruptibly(parallel);
    for (int chain = 0; chain < parallel; chain++) {
      next(chain);
    }
    stop();
  }

  private void next(int chain) {
    ConnectOptions.Builder options = clients.to(port, version);
    Session session = sessions.get(chain);
    if (resume && session != null) {
      options.session(session);
    }
    TLSSocket socket = clients.tls().connect(options.build());
    socket.onSession(made -> sessions.set(chain, made));
    socket.onData(data -> socket.end());
    socket.onSecureConnect(() -> socket.write(new byte[Work.ECHOED]));
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
  public long operations() {
    return done.get();
  }

  @Override
  public long resumed() {
    return resumed.get();
  }
}
