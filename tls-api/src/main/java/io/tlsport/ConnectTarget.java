package io.tlsport;

import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a client tried to reach: {@code host}, {@code port}, {@code path} of Node's errors. */
public final class ConnectTarget implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final @Nullable String host;
  private final int port;
  private final @Nullable String path;
  private final @Nullable String localAddress;

  private ConnectTarget(ConnectOptions options) {
    this.path = options.path().orElse(null);
    this.host = path == null ? options.host() : null;
    this.port = options.port();
    this.localAddress = options.localAddress().orElse(null);
  }

  /** What those options name. */
  public static ConnectTarget of(ConnectOptions options) {
    return new ConnectTarget(options);
  }

  /** As the application named it; empty for a path. */
  public Optional<String> host() {
    return Optional.ofNullable(host);
  }

  /** The port of the host; empty for a path. */
  public OptionalInt port() {
    return path == null ? OptionalInt.of(port) : OptionalInt.empty();
  }

  /** A Unix socket's path; empty for a host. */
  public Optional<String> path() {
    return Optional.ofNullable(path);
  }

  /** Where the connection was to come from, if that was said. */
  public Optional<String> localAddress() {
    return Optional.ofNullable(localAddress);
  }

  /** {@code host:port}, with brackets around an IPv6 address, or the path. */
  @Override
  public String toString() {
    if (host == null) {
      return String.valueOf(path);
    }
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
