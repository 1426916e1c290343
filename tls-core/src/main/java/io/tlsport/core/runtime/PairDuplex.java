package io.tlsport.core.runtime;

import io.tlsport.ConfigurationException;
import io.tlsport.Duplex;
import io.tlsport.ErrorCode;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.core.engine.EngineDriver;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.engine.Slab;
import io.tlsport.core.engine.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The encrypted side of a secure pair: what the application writes is what the driver receives, and
 * what the driver sends are its data events. Everything happens on the pair's loop.
 */
final class PairDuplex implements Duplex, Transport {
  private final Loop loop;
  private final Callbacks callbacks;
  private final WriteQuota quota = new WriteQuota();
  private final Event<ByteBuffer> dataEvent = new Event<>();
  private final Event<PairDuplex> drainEvent = new Event<>();
  private final Event<TlsException> errorEvent = new Event<>();
  private final OnceEvent endEvent;
  private final OnceEvent closeEvent;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Deque<Outgoing> outgoing = new ArrayDeque<>();
  private final Deque<Incoming> incoming = new ArrayDeque<>();
  private @Nullable EngineDriver driver;
  private boolean reading = true;
  private boolean closing;
  private boolean over;
  private boolean inputEnded;
  private volatile boolean flowing;
  private volatile boolean paused;

  private record Outgoing(Slab slab, @Nullable Accepted accepted) {}

  private record Incoming(ByteBuffer data, CompletableFuture<Void> done) {}

  PairDuplex(Loop loop, Callbacks callbacks) {
    this.loop = loop;
    this.callbacks = callbacks;
    this.endEvent = new OnceEvent(callbacks);
    this.closeEvent = new OnceEvent(callbacks);
  }

  void bind(EngineDriver engineDriver) {
    driver = engineDriver;
  }

  private EngineDriver driver() {
    EngineDriver current = driver;
    if (current == null) {
      throw new IllegalStateException("a pair without a driver");
    }
    return current;
  }

  private void later(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException loopIsGone) {
      // With its last tasks this side has ended itself.
      return;
    }
  }

  // --- what the driver does

  @Override
  public void send(Slab slab, @Nullable Accepted accepted) {
    if (over) {
      slab.release();
    } else {
      slab.bytes().flip();
      outgoing.add(new Outgoing(slab, accepted));
    }
  }

  @Override
  public long pending() {
    return outgoing.stream().mapToLong(next -> next.slab().bytes().remaining()).sum();
  }

  @Override
  public void flush() {
    later(this::emit);
  }

  private void emit() {
    while (flowing && !paused && !over && !outgoing.isEmpty()) {
      Outgoing next = outgoing.remove();
      callbacks.run(() -> dataEvent.emitEach(next.slab().bytes()::asReadOnlyBuffer));
      next.slab().release();
      Accepted accepted = next.accepted();
      if (accepted != null) {
        accepted.done(null);
      }
    }
    if (closing && outgoing.isEmpty()) {
      endEvent.fire();
      finish();
    }
  }

  @Override
  public void read(boolean on) {
    reading = on;
    if (on) {
      later(this::feed);
    }
  }

  @Override
  public void close() {
    closing = true;
    later(this::emit);
  }

  @Override
  public void abort() {
    later(this::finish);
  }

  private void finish() {
    if (over) {
      return;
    }
    over = true;
    TransportException gone =
        new TransportException(ErrorCode.ERR_STREAM_DESTROYED, "the pair is closed");
    outgoing.forEach(
        next -> {
          next.slab().release();
          Accepted accepted = next.accepted();
          if (accepted != null) {
            accepted.done(gone);
          }
        });
    outgoing.clear();
    incoming.forEach(next -> next.done().completeExceptionally(gone));
    incoming.clear();
    driver().transportClosed();
    closeEvent.fire();
    callbacks.run(() -> closed.complete(null));
  }

  // --- what the application does

  @Override
  public CompletionStage<Void> write(ByteBuffer data) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    int size = data.remaining();
    ByteBuffer copy = ByteBuffer.allocate(size).put(data.duplicate()).flip();
    quota.add(size);
    later(
        () -> {
          if (over || inputEnded) {
            quota.remove(size);
            done.completeExceptionally(refused());
          } else {
            incoming.add(new Incoming(copy, done));
            feed();
          }
        });
    return done;
  }

  private TlsException refused() {
    return inputEnded
        ? new ConfigurationException(ErrorCode.ERR_STREAM_WRITE_AFTER_END, "write after end")
        : new TransportException(ErrorCode.ERR_STREAM_DESTROYED, "the pair is closed");
  }

  private void feed() {
    boolean fed = false;
    while (reading && !over && !incoming.isEmpty()) {
      Incoming next = incoming.remove();
      int size = next.data().remaining();
      driver().received(next.data());
      fed = true;
      next.done().complete(null);
      if (quota.remove(size)) {
        callbacks.run(() -> drainEvent.emit(this));
      }
    }
    if (fed) {
      driver().readComplete();
    }
    if (inputEnded && incoming.isEmpty() && !over) {
      driver().transportEnded();
    }
  }

  @Override
  public CompletionStage<Void> end() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    later(
        () -> {
          inputEnded = true;
          feed();
          done.complete(null);
        });
    return done;
  }

  @Override
  public void destroy() {
    later(this::finish);
  }

  @Override
  public Duplex onData(Consumer<ByteBuffer> listener) {
    dataEvent.add(listener);
    flowing = true;
    later(this::emit);
    return this;
  }

  @Override
  public Duplex onEnd(Runnable listener) {
    endEvent.add(listener);
    return this;
  }

  @Override
  public Duplex onError(Consumer<TlsException> listener) {
    errorEvent.add(listener);
    return this;
  }

  @Override
  public Duplex onClose(Runnable listener) {
    closeEvent.add(listener);
    return this;
  }

  @Override
  public Duplex onDrain(Runnable listener) {
    drainEvent.add(pair -> listener.run());
    return this;
  }

  @Override
  public boolean writable() {
    return quota.writable();
  }

  @Override
  public Duplex pause() {
    paused = true;
    return this;
  }

  @Override
  public Duplex resume() {
    paused = false;
    flowing = true;
    later(this::emit);
    return this;
  }

  @Override
  public boolean paused() {
    return paused;
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }
}
