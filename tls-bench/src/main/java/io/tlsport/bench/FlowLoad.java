package io.tlsport.bench;

import io.tlsport.ProtocolVersion;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One connection that stays, and what flows over it. */
final class FlowLoad implements Load {
  private final Work work;
  private final MeasuredServer server;
  private final TLSSocket socket;
  private final ByteBuffer chunk;
  private final AtomicLong roundTrips = new AtomicLong();
  private final Semaphore silent = new Semaphore(1);
  private final AtomicReference<@Nullable TlsException> failure = new AtomicReference<>();
  private final AtomicInteger came = new AtomicInteger();
  private volatile boolean running;

  /** A load that is stopped. */
  FlowLoad(Clients clients, MeasuredServer server, ProtocolVersion version, Work work) {
    this.work = work;
    this.server = server;
    this.chunk = ByteBuffer.allocate(work.chunk()).asReadOnlyBuffer();
    this.socket = clients.tls().connect(clients.to(server.port(), version).build());
    socket.onData(this::read);
    socket.onDrain(this::write);
    socket.onError(
        error -> {
          failure.set(error);
          silent.release();
        });
    Clients.within(socket.secured());
    stop();
  }

  @Override
  public void start() {
    running = true;
    switch (work) {
      case DOWN, SMALL_WRITES -> socket.resume();
      case ECHO -> {
        silent.acquireUninterruptibly();
        socket.write(chunk.duplicate());
      }
      default -> write();
    }
  }

  @Override
  public void stop() {
    running = false;
    if (work == Work.DOWN || work == Work.SMALL_WRITES) {
      socket.pause();
    }
    if (work == Work.ECHO) {
      silent.acquireUninterruptibly();
      silent.release();
    }
    check();
  }

  @Override
  public void check() {
    TlsException failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(failed);
    }
  }

  private void read(ByteBuffer data) {
    if (work == Work.ECHO && came.addAndGet(data.remaining()) == work.chunk()) {
      came.set(0);
      roundTrips.incrementAndGet();
      if (running) {
        socket.write(chunk.duplicate());
      } else {
        silent.release();
      }
    }
  }

  private void write() {
    while (work == Work.UP && running && socket.writable()) {
      socket.write(chunk.duplicate());
    }
  }

  @Override
  public long operations() {
    return work == Work.ECHO ? roundTrips.get() : server.bytes();
  }
}
