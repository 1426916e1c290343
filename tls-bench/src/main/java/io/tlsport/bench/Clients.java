package io.tlsport.bench;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.testpki.TestIdentity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The clients of all servers: the same for each, so that all are asked for the same. */
final class Clients implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;
  private static final String SUITES = "ECDHE-ECDSA-AES128-GCM-SHA256";

  /** Servers have nothing to say once a client ends. */
  private static final Duration CLOSE = Duration.ofMillis(1);

  private final Tls tls;
  private final Map<ProtocolVersion, SecureContext> contexts = new EnumMap<>(ProtocolVersion.class);

  /** Clients on that provider, which trust that certificate. */
  Clients(String provider, TestIdentity trusted) {
    this.tls =
        Tls.builder()
            .provider(provider)
            .eventLoops(2)
            .handshakeExecutor(Runnable::run)
            .allowPartial(Capability.SESSION_RESUMPTION)
            .build();
    for (ProtocolVersion version : Cell.VERSIONS) {
      SecureContextOptions.Builder options =
          SecureContextOptions.builder()
              .ca(trusted.certificate())
              .ecdhCurve("X25519:P-256")
              .minVersion(version)
              .maxVersion(version);
      if (version == ProtocolVersion.TLS_1_2) {
        options.ciphers(SUITES);
      }
      contexts.put(version, tls.createSecureContext(options.build()));
    }
  }

  Tls tls() {
    return tls;
  }

  /** A connection to that port. */
  ConnectOptions.Builder to(int port, ProtocolVersion version) {
    SecureContext context = contexts.get(version);
    if (context == null) {
      throw new IllegalArgumentException("no client of " + version);
    }
    return ConnectOptions.builder()
        .host("127.0.0.1")
        .port(port)
        .servername("localhost")
        .closeTimeout(CLOSE)
        .secureContext(context);
  }

  /** What the stage gives. */
  static <T> T within(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    tls.close();
  }
}
