package io.tlsport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.tlsport.Address;
import io.tlsport.ConfigurationException;
import io.tlsport.Duplex;
import io.tlsport.ErrorCode;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes at the end of a Netty pipeline as a {@link Duplex}: what {@link Tls#tlsSocket} takes,
 * in either role, where an application owns the channel. Handlers before it go on to see what
 * passes, encrypted: a proxy's header, limits of traffic, a dialogue before STARTTLS. A decoder
 * that gives back what it read too much of, when it is removed, gives it to this duplex.
 *
 * <p>Events run on the channel's event loop. The channel is the duplex's from then on: it reads as
 * the duplex is read, may be half open where the channel can (TCP), and is closed with it.
 */
// Futures of closing and writing: what fails there comes again as an event of the channel.
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyDuplex implements Duplex {
  private static final int HIGH = 64 * 1024;
  private static final int LOW = 16 * 1024;

  private final Channel channel;
  private final NettyDuplexHandler handler = new NettyDuplexHandler(this);
  private final AtomicLong queued = new AtomicLong();
  private final AtomicBoolean full = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile boolean paused;
  private volatile boolean endAsked;
  private volatile boolean over;

  // The rest is of the loop.
  private final Deque<ByteBuf> held = new ArrayDeque<>();
  private final List<Consumer<ByteBuffer>> dataListeners = new ArrayList<>();
  private final List<Runnable> endListeners = new ArrayList<>();
  private final List<Consumer<TlsException>> errorListeners = new ArrayList<>();
  private final List<Runnable> closeListeners = new ArrayList<>();
  private final List<Runnable> drainListeners = new ArrayList<>();
  private final Deque<Runnable> untilActive = new ArrayDeque<>();
  private boolean flowing;
  private boolean delivering;
  private boolean inputEnded;
  private boolean endTold;
  private boolean outputEnded;
  private boolean gone;
  private boolean closeTold;
  private @Nullable TlsException error;

  private NettyDuplex(Channel channel) {
    this.channel = channel;
  }

  /**
   * Takes over a channel, which may still be connecting, by a handler at the end of its pipeline.
   * Call it on the channel's event loop where bytes may be on their way up.
   *
   * @param channel one of bytes: what arrives at the end of its pipeline is a {@link ByteBuf}
   */
  public static NettyDuplex of(Channel channel) {
    NettyDuplex duplex = new NettyDuplex(channel);
    channel.config().setAutoRead(false);
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.pipeline().addLast(duplex.handler);
    return duplex;
  }

  // --- from the pipeline

  /** The channel stands. */
  void active() {
    for (Runnable task = untilActive.poll(); task != null; task = untilActive.poll()) {
      task.run();
    }
  }

  /** Bytes came; the reference is this duplex's. */
  void received(ByteBuf bytes) {
    if (over) {
      bytes.release();
    } else {
      held.add(bytes);
      pump();
    }
  }

  /** The peer has ended its side. */
  void inputEnded() {
    inputEnded = true;
    pump();
  }

  /** The channel is closed. */
  void gone() {
    gone = true;
    inputEnded = true;
    over |= error != null;
    active();
    pump();
  }

  /** The channel, or a handler before this one, failed. */
  void failed(Throwable cause) {
    fail(
        cause instanceof TlsException typed
            ? typed
            : new TransportException(
                ErrorCode.ECONNRESET,
                cause instanceof IOException && cause.getMessage() != null
                    ? "the channel failed: " + cause.getMessage()
                    : "the channel failed: " + cause,
                cause));
  }

  // --- reading

  private void pump() {
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      while (flowing && !paused && !over && !held.isEmpty()) {
        deliver(held.remove());
      }
    } finally {
      delivering = false;
    }
    if (over) {
      held.forEach(ByteBuf::release);
      held.clear();
    } else if (held.isEmpty() && inputEnded && !endTold && (flowing || gone)) {
      endTold = true;
      tell(endListeners);
      closeIfBothEnded();
    }
    if (gone && held.isEmpty() && !closeTold) {
      closeTold = true;
      over = true;
      tell(closeListeners);
      closed.complete(null);
    }
  }

  private void deliver(ByteBuf bytes) {
    try {
      for (Consumer<ByteBuffer> listener : List.copyOf(dataListeners)) {
        listener.accept(bytes.nioBuffer().asReadOnlyBuffer());
      }
    } catch (RuntimeException thrown) {
      listenerThrew(thrown);
    } finally {
      bytes.release();
    }
  }

  private void tell(List<Runnable> listeners) {
    try {
      List.copyOf(listeners).forEach(Runnable::run);
    } catch (RuntimeException thrown) {
      listenerThrew(thrown);
    }
  }

  private void listenerThrew(RuntimeException thrown) {
    fail(
        thrown instanceof TlsException typed
            ? typed
            : new ConfigurationException(
                ErrorCode.ERR_TLS_CALLBACK,
                "a listener of a NettyDuplex failed: " + thrown,
                thrown));
  }

  private void fail(TlsException failure) {
    if (over || error != null) {
      return;
    }
    error = failure;
    over = true;
    for (Consumer<TlsException> listener : List.copyOf(errorListeners)) {
      try {
        listener.accept(failure);
      } catch (RuntimeException thrown) {
        failure.addSuppressed(thrown);
      }
    }
    channel.close();
    pump();
  }

  private void flow(boolean on) {
    paused = !on;
    onLoop(
        () -> {
          flowing |= on;
          boolean reads = flowing && !paused;
          channel.config().setAutoRead(reads);
          if (reads) {
            pump();
          }
        });
  }

  // --- writing

  @Override
  public CompletionStage<Void> write(ByteBuffer data) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (over || endAsked) {
      done.completeExceptionally(over ? destroyed() : afterEnd());
      return done;
    }
    int size = data.remaining();
    ByteBuf copy = Unpooled.copiedBuffer(data);
    if (queued.addAndGet(size) >= HIGH) {
      full.set(true);
    }
    onLoop(() -> whenActive(() -> send(copy, size, done)));
    return done;
  }

  private void send(ByteBuf copy, int size, CompletableFuture<Void> done) {
    handler
        .write(copy)
        .addListener(
            sent -> {
              Throwable cause = sent.cause();
              if (cause == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(
                    gone || over
                        ? destroyed()
                        : new TransportException(
                            ErrorCode.EPIPE, "the channel takes no bytes: " + cause, cause));
              }
              if (queued.addAndGet(-size) <= LOW && full.compareAndSet(true, false)) {
                tell(drainListeners);
              }
            });
  }

  @Override
  public CompletionStage<Void> end() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (over || endAsked) {
      done.complete(null);
      return done;
    }
    endAsked = true;
    onLoop(
        () ->
            whenActive(
                () ->
                    handler
                        .write(Unpooled.EMPTY_BUFFER)
                        .addListener(before -> shutdown().addListener(after -> ended(done)))));
    return done;
  }

  /** Where a channel has no sides, its end is its close. */
  private ChannelFuture shutdown() {
    return channel instanceof DuplexChannel sides ? sides.shutdownOutput() : channel.close();
  }

  private void ended(CompletableFuture<Void> done) {
    outputEnded = true;
    done.complete(null);
    closeIfBothEnded();
  }

  private void closeIfBothEnded() {
    if (outputEnded && endTold) {
      channel.close();
    }
  }

  private static TlsException destroyed() {
    return new TransportException(ErrorCode.ERR_STREAM_DESTROYED, "the channel is closed");
  }

  private static TlsException afterEnd() {
    return new ConfigurationException(ErrorCode.ERR_STREAM_WRITE_AFTER_END, "write after end");
  }

  @Override
  public boolean writable() {
    return queued.get() < HIGH;
  }

  @Override
  public void destroy() {
    over = true;
    onLoop(
        () -> {
          channel.close();
          pump();
        });
  }

  // --- listeners

  @Override
  public Duplex onData(Consumer<ByteBuffer> listener) {
    onLoop(() -> dataListeners.add(listener));
    if (!paused) {
      flow(true);
    }
    return this;
  }

  @Override
  public Duplex onEnd(Runnable listener) {
    return late(() -> endTold, listener, endListeners);
  }

  @Override
  public Duplex onClose(Runnable listener) {
    return late(() -> closeTold, listener, closeListeners);
  }

  @Override
  public Duplex onDrain(Runnable listener) {
    onLoop(() -> drainListeners.add(listener));
    return this;
  }

  @Override
  public Duplex onError(Consumer<TlsException> listener) {
    onLoop(
        () -> {
          errorListeners.add(listener);
          TlsException failure = error;
          if (failure != null) {
            listener.accept(failure);
          }
        });
    return this;
  }

  private Duplex late(
      java.util.function.BooleanSupplier happened, Runnable listener, List<Runnable> listeners) {
    onLoop(
        () -> {
          listeners.add(listener);
          if (happened.getAsBoolean()) {
            tell(List.of(listener));
          }
        });
    return this;
  }

  @Override
  public Duplex pause() {
    flow(false);
    return this;
  }

  @Override
  public Duplex resume() {
    flow(true);
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

  @Override
  public Optional<Address> address() {
    return address(channel.localAddress());
  }

  @Override
  public Optional<Address> remote() {
    return address(channel.remoteAddress());
  }

  private static Optional<Address> address(@Nullable SocketAddress of) {
    return of instanceof InetSocketAddress inet && inet.getAddress() != null
        ? Optional.of(
            new Address(
                inet.getAddress().getHostAddress(),
                inet.getAddress() instanceof Inet6Address ? "IPv6" : "IPv4",
                inet.getPort()))
        : Optional.empty();
  }

  // --- the loop

  private void whenActive(Runnable task) {
    if (channel.isActive() || gone || over) {
      task.run();
    } else {
      untilActive.add(task);
    }
  }

  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException loopIsGone) {
      // Nothing else runs there any more.
      task.run();
    }
  }
}
