package io.tlsport.core.netty;

import io.netty.channel.ConnectTimeoutException;
import io.tlsport.ErrorCode;
import io.tlsport.TransportException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Map;

/**
 * What the network threw, by the names of {@code errno}. The JDK has types for some; for the others
 * its text is that of the C library, which is matched here and nowhere else.
 */
public final class NetErrors {
  private static final Map<String, ErrorCode> BY_TEXT =
      Map.ofEntries(
          Map.entry("already in use", ErrorCode.EADDRINUSE),
          Map.entry("no such file", ErrorCode.ENOENT),
          Map.entry("cannot assign requested address", ErrorCode.EADDRNOTAVAIL),
          Map.entry("permission denied", ErrorCode.EACCES),
          Map.entry("connection reset", ErrorCode.ECONNRESET),
          Map.entry("broken pipe", ErrorCode.EPIPE),
          Map.entry("refused", ErrorCode.ECONNREFUSED),
          Map.entry("network is unreachable", ErrorCode.ENETUNREACH),
          Map.entry("no route to host", ErrorCode.EHOSTUNREACH),
          Map.entry("too many open files", ErrorCode.EMFILE),
          Map.entry("timed out", ErrorCode.ETIMEDOUT));

  private NetErrors() {}

  /** The exception to report; {@code what} says what was tried, for example "connect host:1". */
  public static TransportException of(String what, Throwable thrown) {
    ErrorCode code = code(thrown);
    return new TransportException(code, what + ": " + sentence(code, thrown), thrown);
  }

  private static ErrorCode code(Throwable thrown) {
    if (thrown instanceof UnknownHostException || thrown instanceof UnresolvedAddressException) {
      return ErrorCode.ENOTFOUND;
    }
    if (thrown instanceof ConnectTimeoutException) {
      return ErrorCode.ETIMEDOUT;
    }
    if (thrown instanceof ClosedChannelException) {
      return ErrorCode.EPIPE;
    }
    String text = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    for (Map.Entry<String, ErrorCode> entry : BY_TEXT.entrySet()) {
      if (text.contains(entry.getKey())) {
        return entry.getValue();
      }
    }
    return byType(thrown);
  }

  private static ErrorCode byType(Throwable thrown) {
    if (thrown instanceof NoRouteToHostException) {
      return ErrorCode.EHOSTUNREACH;
    }
    if (thrown instanceof ConnectException || thrown instanceof PortUnreachableException) {
      return ErrorCode.ECONNREFUSED;
    }
    if (thrown instanceof BindException) {
      return ErrorCode.EADDRINUSE;
    }
    return thrown instanceof SocketException ? ErrorCode.ECONNRESET : ErrorCode.EIO;
  }

  private static String sentence(ErrorCode code, Throwable thrown) {
    return switch (code) {
      case ENOTFOUND -> "the host name does not resolve";
      case ENOENT -> "there is no such file or folder";
      case ECONNREFUSED -> "connection refused, nobody listens there";
      case ETIMEDOUT -> "timed out";
      case EADDRINUSE -> "the address is already in use";
      case EADDRNOTAVAIL -> "this machine has no such address";
      case EACCES -> "permission denied";
      case ECONNRESET -> "the connection was reset by the peer";
      case EPIPE -> "the connection is closed";
      case EHOSTUNREACH -> "no route to the host";
      case ENETUNREACH -> "the network is unreachable";
      case EMFILE -> "too many open files";
      default -> String.valueOf(thrown.getMessage());
    };
  }
}
