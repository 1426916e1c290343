package io.tlsport.core.runtime;

import io.tlsport.Address;
import io.tlsport.ConfigurationException;
import io.tlsport.Duplex;
import io.tlsport.ErrorCode;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.netty.Addresses;
import io.tlsport.core.netty.NetErrors;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connected socket of the JDK: one thread reads, another writes, both end with it. */
final class SocketDuplex implements Duplex {
  private static final int CHUNK = 16 * 1024;

  private final Socket socket;
  private final ByteBuffer early;
  private final Callbacks callbacks;
  private final WriteQuota quota = new WriteQuota();
  private final Event<ByteBuffer> dataEvent = new Event<>();
  private final Event<SocketDuplex> drainEvent = new Event<>();
  private final OnceEvent endEvent;
  private final OnceEvent errorEvent;
  private final OnceEvent closeEvent;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(task -> thread("tlsport-socket-writer", task));
  private boolean reading;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean endAsked;
  private boolean flowing;
  private boolean paused;
  private boolean over;
  private volatile @Nullable TlsException error;

  /**
   * A duplex that reads nothing yet.
   *
   * @param early what was read of the socket before
   * @param callbacks where listeners run; told what to do with what they throw
   */
  SocketDuplex(
      Socket socket, ByteBuffer early, Function<Consumer<Throwable>, Callbacks> callbacks) {
    this.socket = socket;
    this.early = early;
    this.callbacks = callbacks.apply(this::listenerThrew);
    this.endEvent = new OnceEvent(this.callbacks);
    this.errorEvent = new OnceEvent(this.callbacks);
    this.closeEvent = new OnceEvent(this.callbacks);
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Optional<Address> address() {
    return Optional.ofNullable(socket.getLocalSocketAddress()).flatMap(Addresses::of);
  }

  @Override
  public Optional<Address> remote() {
    return Optional.ofNullable(socket.getRemoteSocketAddress()).flatMap(Addresses::of);
  }

  // --- reading

  private void flow() {
    synchronized (this) {
      paused = false;
      flowing = true;
      notifyAll();
      if (reading || over) {
        return;
      }
      reading = true;
    }
    thread("tlsport-socket-reader", this::readAll).start();
  }

  private void readAll() {
    try {
      if (early.hasRemaining() && mayDeliver()) {
        deliver(early);
      }
      byte[] buffer = new byte[CHUNK];
      int size = socket.getInputStream().read(buffer);
      while (size >= 0 && mayDeliver()) {
        deliver(ByteBuffer.wrap(buffer, 0, size));
        size = mayDeliver() ? socket.getInputStream().read(buffer) : -1;
      }
      if (mayDeliver()) {
        endEvent.fire();
        ended(true);
      }
    } catch (IOException failed) {
      fail(NetErrors.of("connection", failed));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      destroy();
    }
  }

  /** Waits while it is paused; false once it is over. */
  private synchronized boolean mayDeliver() throws InterruptedException {
    while (!over && (paused || !flowing)) {
      wait();
    }
    return !over;
  }

  /** One buffer at a time: what nobody has taken is not read. */
  private void deliver(ByteBuffer data) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    callbacks.run(
        () -> {
          try {
            dataEvent.emitEach(data::asReadOnlyBuffer);
          } finally {
            taken.complete(null);
          }
        });
    CompletableFuture.anyOf(taken, closed).join();
  }

  // --- writing

  @Override
  public CompletionStage<Void> write(ByteBuffer data) {
    byte[] copy = new byte[data.remaining()];
    data.duplicate().get(copy);
    TlsException refusal = refusal();
    if (refusal != null) {
      return CompletableFuture.failedStage(refusal);
    }
    quota.add(copy.length);
    return later(
        () -> {
          socket.getOutputStream().write(copy);
          if (quota.remove(copy.length)) {
            callbacks.run(() -> drainEvent.emit(this));
          }
        });
  }

  private synchronized @Nullable TlsException refusal() {
    if (over) {
      return gone();
    }
    return endAsked
        ? new ConfigurationException(ErrorCode.ERR_STREAM_WRITE_AFTER_END, "write after end")
        : null;
  }

  private static TlsException gone() {
    return new TransportException(ErrorCode.ERR_STREAM_DESTROYED, "the socket is closed");
  }

  @Override
  public CompletionStage<Void> end() {
    synchronized (this) {
      if (over || endAsked) {
        return CompletableFuture.completedStage(null);
      }
      endAsked = true;
    }
    return later(
        () -> {
          socket.shutdownOutput();
          ended(false);
        });
  }

  private interface Output {
    void run() throws IOException;
  }

  private CompletionStage<Void> later(Output output) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      if (over) {
        return CompletableFuture.failedStage(gone());
      }
      writer.execute(() -> put(output, done));
    }
    return done;
  }

  private void put(Output output, CompletableFuture<Void> done) {
    try {
      output.run();
      done.complete(null);
    } catch (IOException failed) {
      TlsException failure = NetErrors.of("write", failed);
      done.completeExceptionally(failure);
      fail(failure);
    }
  }

  // --- the end

  private void ended(boolean input) {
    boolean both;
    synchronized (this) {
      inputEnded |= input;
      outputEnded |= !input;
      both = inputEnded && outputEnded;
    }
    if (both) {
      destroy();
    }
  }

  private void listenerThrew(Throwable thrown) {
    fail(Failures.ofCallback("a listener of a socket", thrown));
  }

  private void fail(TlsException failure) {
    synchronized (this) {
      if (over) {
        return;
      }
      error = failure;
    }
    errorEvent.fire();
    destroy();
  }

  @Override
  public void destroy() {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      notifyAll();
      writer.shutdown();
    }
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // It is closed all the same.
    }
    closeEvent.fire();
    callbacks.run(() -> closed.complete(null));
  }

  // --- events and flow

  @Override
  public Duplex onData(Consumer<ByteBuffer> listener) {
    boolean start;
    synchronized (this) {
      dataEvent.add(listener);
      start = !paused;
    }
    if (start) {
      flow();
    }
    return this;
  }

  @Override
  public Duplex onEnd(Runnable listener) {
    endEvent.add(listener);
    return this;
  }

  @Override
  public Duplex onError(Consumer<TlsException> listener) {
    errorEvent.add(
        () -> {
          TlsException failure = error;
          if (failure != null) {
            listener.accept(failure);
          }
        });
    return this;
  }

  @Override
  public Duplex onClose(Runnable listener) {
    closeEvent.add(listener);
    return this;
  }

  @Override
  public Duplex onDrain(Runnable listener) {
    drainEvent.add(socket -> listener.run());
    return this;
  }

  @Override
  public boolean writable() {
    return quota.writable();
  }

  @Override
  public synchronized Duplex pause() {
    paused = true;
    return this;
  }

  @Override
  public Duplex resume() {
    flow();
    return this;
  }

  @Override
  public synchronized boolean paused() {
    return paused;
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }
}
