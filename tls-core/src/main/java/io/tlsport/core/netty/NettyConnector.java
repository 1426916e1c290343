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
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
   * @param path a Unix domain socket in place of host and port; null for none
   * @param localAddress address to connect from; null for any
   * @param localPort port to connect from; 0 for any
   * @param timeout for everything from the resolution on
   */
  public record Target(
      String host,
      int port,
      @Nullable UnixDomainSocketAddress path,
      @Nullable String localAddress,
      int localPort,
      Duration timeout) {
    @Override
    public String toString() {
      if (path != null) {
        return path.toString();
      }
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
    UnixDomainSocketAddress path = target.path();
    if (path != null) {
      tryNext(List.of(path), 0, null);
      return;
    }
    try {
      resolver.execute(this::resolve);
    } catch (RejectedExecutionException closed) {
      fail(new TransportException(ErrorCode.ECONNRESET, "connect " + target + ": closed", closed));
    }
  }

  private void resolve() {
    List<InetSocketAddress> addresses;
    InetSocketAddress local;
    try {
      addresses =
          Stream.of(InetAddress.getAllByName(target.host()))
              .map(address -> new InetSocketAddress(address, target.port()))
              .toList();
      local = local();
    } catch (UnknownHostException unknown) {
      TlsException error = NetErrors.of("connect " + target, unknown);
      onLoop(() -> fail(error));
      return;
    }
    onLoop(() -> tryNext(addresses, 0, local));
  }

  private @Nullable InetSocketAddress local() throws UnknownHostException {
    String from = target.localAddress();
    if (from != null) {
      return new InetSocketAddress(InetAddress.getByName(from), target.localPort());
    }
    return target.localPort() == 0 ? null : new InetSocketAddress(target.localPort());
  }

  private void onLoop(Runnable task) {
    try {
      handler.loop().execute(task);
    } catch (RejectedExecutionException closed) {
      // The loops are gone, and with them everybody who could be told.
      return;
    }
  }

  private void tryNext(
      List<? extends SocketAddress> addresses, int index, @Nullable SocketAddress local) {
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
    SocketAddress remote = addresses.get(index);
    ChannelFuture future =
        loops
            .bootstrap(handler.loop(), remote)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .handler(new Attempt())
            .connect(remote, local);
    attempt = future.channel();
    future.addListener(done -> tried(done.cause(), addresses, index, local));
  }

  private void tried(
      @Nullable Throwable cause,
      List<? extends SocketAddress> addresses,
      int index,
      @Nullable SocketAddress local) {
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
