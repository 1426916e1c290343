package io.tlsport.core.runtime;

import io.tlsport.Address;
import io.tlsport.Duplex;
import io.tlsport.TlsException;
import io.tlsport.core.engine.EngineDriver;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.engine.Slab;
import io.tlsport.core.engine.Transport;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A {@link Duplex} of the application as the transport of a driver: TLS over anything. */
final class DuplexTransport implements Transport {
  private final Duplex duplex;
  private final Loop loop;
  private @Nullable EngineDriver driver;
  private boolean over;

  DuplexTransport(Duplex duplex, Loop loop) {
    this.duplex = duplex;
    this.loop = loop;
  }

  /** The loop that a duplex has anyway, which then is the best one for what is over it. */
  static Optional<Loop> loop(Duplex duplex) {
    return duplex instanceof DefaultSocket inner ? Optional.of(inner.loop()) : Optional.empty();
  }

  /** Our end of what is below, if that has one. */
  Optional<Address> local() {
    return duplex.address();
  }

  /** The peer's end of what is below, if that has one. */
  Optional<Address> remote() {
    return duplex.remote();
  }

  /** Starts the flow into the driver. */
  void bind(EngineDriver engineDriver) {
    driver = engineDriver;
    duplex.onData(
        data -> {
          ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
          later(() -> received(engineDriver, copy));
        });
    duplex.onEnd(() -> later(engineDriver::transportEnded));
    duplex.onError(error -> later(() -> engineDriver.transportFailed(error)));
    duplex.onClose(() -> later(this::gone));
    // A dialogue that was paused where it turns to TLS goes on.
    duplex.resume();
  }

  private void received(EngineDriver engineDriver, ByteBuffer copy) {
    engineDriver.received(copy);
    engineDriver.readComplete();
  }

  /** Never within the call that brought it: that call may come from this very driver. */
  private void later(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException loopIsGone) {
      duplex.destroy();
    }
  }

  private void gone() {
    EngineDriver current = driver;
    if (!over && current != null) {
      over = true;
      current.transportClosed();
    }
  }

  @Override
  public void send(Slab slab, @Nullable Accepted accepted) {
    ByteBuffer bytes = slab.bytes().flip();
    java.util.concurrent.CompletionStage<Void> written = duplex.write(bytes);
    slab.release();
    if (accepted != null) {
      written.whenComplete((done, failure) -> later(() -> accepted.done(failed(failure))));
    }
  }

  private static @Nullable TlsException failed(@Nullable Throwable failure) {
    return failure == null ? null : Failures.ofCallback("the transport", failure);
  }

  /** Not known of a duplex of the application. */
  @Override
  public long pending() {
    return 0;
  }

  /** Nothing to do: a duplex sends by itself. */
  @Override
  public void flush() {}

  @Override
  public void read(boolean on) {
    if (on) {
      duplex.resume();
    } else {
      duplex.pause();
    }
  }

  @Override
  public void close() {
    duplex.resume();
    duplex.end().whenComplete((done, failure) -> duplex.destroy());
  }

  @Override
  public void abort() {
    duplex.destroy();
    later(this::gone);
  }
}
