package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectionOptions;
import io.tlsport.ErrorCode;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a connection negotiates and how long it may take, on both sides. */
final class ConnectionArguments {
  private static final int LEAST_FRAGMENT = 512;
  private static final int MOST_FRAGMENT = 16384;

  @Option(
      names = "--reject-unauthorized",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description = "cut off a peer whose certificate is not trusted")
  @Nullable Boolean rejectUnauthorized;

  @Option(
      names = "--alpn-protocols",
      paramLabel = "A,B",
      description = "application protocols, most wanted first")
  @Nullable String alpn;

  @Option(names = "--npn-protocols", paramLabel = "A,B", description = "the same, by NPN")
  @Nullable String npn;

  @Option(
      names = "--handshake-timeout",
      paramLabel = "MS",
      description = "the whole handshake; default 120000")
  @Nullable Long handshakeTimeout;

  @Option(
      names = "--allow-truncation",
      description = "take the end of the connection for an end, though the peer announced none")
  boolean allowTruncation;

  @Option(
      names = "--keylog",
      paramLabel = "FILE",
      description = "INSECURE: append the connections' secrets to FILE, for Wireshark and the like")
  @Nullable Path keyLog;

  @Option(
      names = "--max-send-fragment",
      paramLabel = "BYTES",
      description = "plaintext of a record, 512 to 16384")
  @Nullable Integer maxSendFragment;

  /** Sets what was given. */
  void apply(ConnectionOptions.Builder<?> options) {
    if (rejectUnauthorized != null) {
      options.rejectUnauthorized(rejectUnauthorized);
    }
    if (alpn != null) {
      options.alpnProtocols(alpn.split(",", -1));
    }
    if (npn != null) {
      options.npnProtocols(npn.split(",", -1));
    }
    if (handshakeTimeout != null) {
      options.handshakeTimeout(Duration.ofMillis(handshakeTimeout));
    }
    options.allowTruncation(allowTruncation);
    if (maxSendFragment != null
        && (maxSendFragment < LEAST_FRAGMENT || maxSendFragment > MOST_FRAGMENT)) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          "--max-send-fragment must be 512 to 16384, got " + maxSendFragment);
    }
  }

  /** Sets what holds for all connections. */
  void apply(Tls.Builder builder) {
    if (keyLog != null) {
      builder.insecureKeyLog(KeyLogFile.open(keyLog));
    }
  }

  /** True only if that was given. */
  boolean rejectsUnauthorized() {
    return Boolean.TRUE.equals(rejectUnauthorized);
  }

  /** What the provider must be able to do later, on the connection. */
  List<Capability> demands() {
    return maxSendFragment == null ? List.of() : List.of(Capability.MAX_SEND_FRAGMENT);
  }

  /** Sets what only a connection that exists can be told. */
  void apply(TLSSocket socket) {
    if (maxSendFragment != null) {
      socket.setMaxSendFragment(maxSendFragment);
    }
  }
}
