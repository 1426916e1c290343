package io.tlsport.core.runtime;

import io.tlsport.ConnectOptions;
import io.tlsport.ConnectTarget;
import io.tlsport.ErrorCode;
import io.tlsport.HostLookup;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.netty.NetErrors;
import io.tlsport.core.netty.NettyConnector;
import io.tlsport.core.policy.connect.AddressOrder;
import io.tlsport.core.policy.connect.ConnectionRace;
import io.tlsport.core.policy.sni.ServerName;
import io.tlsport.core.policy.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects a client to a host: finds its addresses off the loop, then lets them race, all within
 * one time-out. Lives on the loop.
 */
final class HostConnector {
  private final ConnectOptions options;
  private final Optional<UnixDomainSocketAddress> path;
  private final ConnectTarget target;
  private final Loop loop;
  private final NettyConnector network;
  private final Ticker ticker;
  private final Consumer<TlsException> onFailure;
  private final Map<SocketAddress, NettyConnector.Attempt> running = new LinkedHashMap<>();
  private boolean over;
  private Loop.@Nullable Timer deadline;
  private Loop.@Nullable Timer turn;
  private @Nullable TlsException lastError;

  /** Addresses of both ends; one of ours only if that was asked for. */
  private record Found(List<InetAddress> remote, @Nullable InetSocketAddress local) {}

  /** A connector that is not started; {@code onFailure} is called on the loop, at most once. */
  HostConnector(
      ConnectOptions options,
      Optional<UnixDomainSocketAddress> path,
      Loop loop,
      NettyConnector network,
      Ticker ticker,
      Consumer<TlsException> onFailure) {
    this.options = options;
    this.path = path;
    this.target = ConnectTarget.of(options);
    this.loop = loop;
    this.network = network;
    this.ticker = ticker;
    this.onFailure = onFailure;
  }

  /** Starts, on the loop; names are looked up on {@code resolver}. */
  void start(Executor resolver) {
    if (over) {
      return;
    }
    deadline = loop.schedule(options.connectTimeout(), this::timedOut);
    if (path.isPresent()) {
      goOn(new ConnectionRace(1, Optional.empty(), ticker), List.of(path.get()), null);
      return;
    }
    try {
      resolver.execute(this::resolve);
    } catch (RejectedExecutionException closed) {
      fail(new TransportException(ErrorCode.ECONNRESET, "connect " + target + ": closed", closed));
    }
  }

  // --- addresses

  private void resolve() {
    CompletionStage<List<InetAddress>> found;
    InetSocketAddress local;
    try {
      local = local();
      found = lookup();
    } catch (UnknownHostException | RuntimeException failed) {
      onLoop(() -> fail(lookupFailed(failed)));
      return;
    }
    found.whenComplete(
        (remote, failure) ->
            onLoop(
                () -> {
                  if (failure != null || remote == null) {
                    fail(lookupFailed(failure));
                  } else {
                    race(new Found(remote, local));
                  }
                }));
  }

  private @Nullable InetSocketAddress local() throws UnknownHostException {
    Optional<String> from = options.localAddress();
    if (from.isEmpty() && options.localPort() == 0) {
      return null;
    }
    return from.isPresent()
        ? new InetSocketAddress(InetAddress.getByName(from.get()), options.localPort())
        : new InetSocketAddress(options.localPort());
  }

  private CompletionStage<List<InetAddress>> lookup() throws UnknownHostException {
    Optional<HostLookup> own = options.lookup();
    CompletionStage<List<InetAddress>> found =
        own.isPresent() && !ServerName.isAddress(options.host())
            ? own.get().lookup(options.host())
            : CompletableFuture.completedStage(List.of(InetAddress.getAllByName(options.host())));
    if (found == null) {
      throw new NullPointerException("no answer");
    }
    return found;
  }

  private TlsException lookupFailed(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof UnknownHostException unknown) {
      return NetErrors.of("connect " + target, unknown);
    }
    return Failures.ofCallback(
        "lookup", cause == null ? new NullPointerException("no answer") : cause);
  }

  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException closed) {
      // The loops are gone, and with them everybody who could be told.
      return;
    }
  }

  // --- attempts

  private void race(Found found) {
    if (over) {
      return;
    }
    InetSocketAddress local = found.local();
    boolean bound = local != null && options.localAddress().isPresent();
    int family =
        options.family() == 0 && bound && local != null
            ? AddressOrder.family(local.getAddress())
            : options.family();
    List<InetAddress> addresses =
        AddressOrder.of(found.remote(), family, options.autoSelectFamily());
    if (addresses.isEmpty()) {
      String kind = family == 0 ? "" : " of IPv" + family;
      fail(
          new TransportException(
              ErrorCode.ENOTFOUND, "connect " + target + ": the host has no address" + kind));
      return;
    }
    Optional<Duration> patience =
        Optional.of(options.autoSelectFamilyAttemptTimeout())
            .filter(limit -> options.autoSelectFamily());
    List<InetSocketAddress> remote =
        addresses.stream().map(one -> new InetSocketAddress(one, options.port())).toList();
    goOn(new ConnectionRace(remote.size(), patience, ticker), remote, local);
  }

  private void goOn(
      ConnectionRace race,
      List<? extends SocketAddress> addresses,
      @Nullable InetSocketAddress local) {
    cancelTurn();
    for (OptionalInt index = race.begin(); index.isPresent(); index = race.begin()) {
      SocketAddress address = addresses.get(index.getAsInt());
      running.put(
          address,
          network.connect(
              address,
              local,
              failure -> tried(address, failure, () -> lost(race, addresses, local))));
    }
    race.pause()
        .ifPresent(
            time ->
                turn =
                    loop.schedule(
                        time.isNegative() ? Duration.ZERO : time,
                        () -> goOn(race, addresses, local)));
  }

  private void tried(SocketAddress address, @Nullable Throwable failure, Runnable onFailed) {
    NettyConnector.Attempt attempt = running.remove(address);
    if (over || attempt == null) {
      return;
    }
    if (failure == null) {
      stop();
      attempt.take();
      return;
    }
    TlsException error = NetErrors.of("connect " + at(address), failure);
    TlsException before = lastError;
    if (before != null) {
      error.addSuppressed(before);
    }
    lastError = error;
    onFailed.run();
  }

  private String at(SocketAddress address) {
    String numeric =
        address instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "";
    return numeric.isEmpty() || options.host().equals(numeric)
        ? target.toString()
        : target + " (" + numeric + ")";
  }

  private void lost(
      ConnectionRace race,
      List<? extends SocketAddress> addresses,
      @Nullable InetSocketAddress local) {
    race.failed();
    TlsException error = lastError;
    if (race.isLost() && error != null) {
      fail(error);
    } else {
      goOn(race, addresses, local);
    }
  }

  // --- the end

  private void timedOut() {
    fail(
        new TransportException(
            ErrorCode.ETIMEDOUT,
            "connect "
                + target
                + ": no connection within "
                + options.connectTimeout().toMillis()
                + " ms"));
  }

  private void fail(TlsException error) {
    if (!over) {
      stop();
      onFailure.accept(error);
    }
  }

  /** Gives up what is not taken. */
  void stop() {
    over = true;
    cancelTurn();
    Loop.Timer current = deadline;
    if (current != null) {
      current.cancel();
    }
    running.values().forEach(NettyConnector.Attempt::abandon);
    running.clear();
  }

  private void cancelTurn() {
    Loop.Timer current = turn;
    turn = null;
    if (current != null) {
      current.cancel();
    }
  }
}
