package io.tlsport.core.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.tlsport.ErrorCode;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.core.engine.Loop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one outgoing connection: resolves the host off the loop, then tries its addresses in order,
 * all within one time-out.
 */
// Futures of closing and writing: what fails there comes again as an event of the channel.
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyConnector {
  private final EventLoops loops;
  private final TlsChannelHandler handler;
  private final Target target;
  private final Consumer<TlsException> onFailure;
  private boolean over;
  private Loop.@Nullable Timer timer;
  private @Nullable Channel attempt;
  private @Nullable TlsException lastError;

  /**
   * Where to connect to.
   *
   * @param host name or numeric address
   * @param port TCP port
   * @param localAddress address to connect from; null for any
   * @param timeout for everything from the resolution on
   */
  public record Target(String host, int port, @Nullable String localAddress, Duration timeout) {
    @Override
    public String toString() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** A connector that is not started; {@code onFailure} is called on the loop, at most once. */
  public NettyConnector(
      EventLoops loops,
      TlsChannelHandler handler,
      Target target,
      Consumer<TlsException> onFailure) {
    this.loops = loops;
    this.handler = handler;
    this.target = target;
    this.onFailure = onFailure;
  }

  /** Starts, on the loop; names are resolved on {@code resolver}. */
  public void start(Executor resolver) {
    handler.onGivenUp(this::stop);
    timer = handler.loop().schedule(target.timeout(), this::timedOut);
    try {
      resolver.execute(this::resolve);
    } catch (RejectedExecutionException closed) {
      fail(new TransportException(ErrorCode.ECONNRESET, "connect " + target + ": closed", closed));
    }
  }

  private void resolve() {
    List<InetAddress> addresses;
    InetAddress local;
    try {
      addresses = List.of(InetAddress.getAllByName(target.host()));
      String from = target.localAddress();
      local = from == null ? null : InetAddress.getByName(from);
    } catch (UnknownHostException unknown) {
      TlsException error = NetErrors.of("connect " + target, unknown);
      onLoop(() -> fail(error));
      return;
    }
    onLoop(() -> tryNext(addresses, 0, local));
  }

  private void onLoop(Runnable task) {
    try {
      handler.loop().execute(task);
    } catch (RejectedExecutionException closed) {
      // The loops are gone, and with them everybody who could be told.
      return;
    }
  }

  private void tryNext(List<InetAddress> addresses, int index, @Nullable InetAddress local) {
    if (over) {
      return;
    }
    if (index == addresses.size()) {
      TlsException error = lastError;
      fail(
          error != null
              ? error
              : new TransportException(ErrorCode.ENOTFOUND, "connect " + target + ": no address"));
      return;
    }
    InetSocketAddress remote = new InetSocketAddress(addresses.get(index), target.port());
    ChannelFuture future =
        loops
            .bootstrap(handler.loop())
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .handler(new Attempt())
            .connect(remote, local == null ? null : new InetSocketAddress(local, 0));
    attempt = future.channel();
    future.addListener(done -> tried(done.cause(), addresses, index, local));
  }

  private void tried(
      @Nullable Throwable cause,
      List<InetAddress> addresses,
      int index,
      @Nullable InetAddress local) {
    Channel current = attempt;
    attempt = null;
    if (cause != null) {
      lastError = NetErrors.of("connect " + target, cause);
      tryNext(addresses, index + 1, local);
    } else if (current != null && over) {
      current.close();
    } else if (current != null) {
      end();
      current.pipeline().addLast(handler);
    }
  }

  private void timedOut() {
    fail(
        new TransportException(
            ErrorCode.ETIMEDOUT,
            "connect " + target + ": no connection within " + target.timeout().toMillis() + " ms"));
  }

  private void fail(TlsException error) {
    if (!over) {
      stop();
      onFailure.accept(error);
    }
  }

  private void stop() {
    end();
    Channel current = attempt;
    if (current != null) {
      current.close();
    }
  }

  private void end() {
    over = true;
    Loop.Timer current = timer;
    if (current != null) {
      current.cancel();
    }
  }

  /** Holds the place until the connection stands and the real handler takes it. */
  private static final class Attempt extends io.netty.channel.ChannelInboundHandlerAdapter {}
}
