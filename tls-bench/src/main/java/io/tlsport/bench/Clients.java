package io.tlsport.bench;

import io.tlsport.Capability;
import io.tlsport.CipherInfo;
import io.tlsport.ConnectOptions;
import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The clients of all servers: the same for each, so that all are asked for the same. */
final class Clients implements AutoCloseable {
  /** What is measured. */
  static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  private static final int PATIENCE_SECONDS = 30;

  /** The suites of TLS 1.2, by OpenSSL's names. */
  static final String SUITES = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";

  /** The suite of TLS 1.3. */
  static final String SUITE_13 = "TLS_AES_128_GCM_SHA256";

  /** The groups for the key exchange; the first is what all agree on. */
  static final String GROUPS = "X25519:P-256";

  /** Servers have nothing to say once a client ends. */
  private static final Duration CLOSE = Duration.ofMillis(1);

  private final Tls tls;
  private final String servername;
  private final Map<ProtocolVersion, SecureContext> contexts;

  /** Clients on that provider, which trust those certificates. */
  Clients(String provider, Identities identities) {
    this(new Contestant(Contestant.Kind.TLSPORT, provider), 2, identities.trusted());
  }

  /** Clients of that contestant of ours on so many loops, which trust those certificates. */
  Clients(Contestant ours, int loops, List<Pem> trusted) {
    Tls.Builder builder =
        Tls.builder()
            .provider(ours.provider())
            .eventLoops(loops)
            .handshakeExecutor(Runnable::run)
            .allowPartial(Capability.SESSION_RESUMPTION);
    ours.accelerator().ifPresent(builder::accelerator);
    this.tls = builder.build();
    this.servername = "localhost";
    this.contexts = new EnumMap<>(ProtocolVersion.class);
    for (ProtocolVersion version : VERSIONS) {
      SecureContextOptions.Builder options =
          SecureContextOptions.builder()
              .ca(trusted.toArray(Pem[]::new))
              .ecdhCurve(GROUPS)
              .minVersion(version)
              .maxVersion(version);
      if (version == ProtocolVersion.TLS_1_2) {
        options.ciphers(SUITES);
      } else if (!ours.provider().equals("conscrypt")) {
        // BoringSSL has an order of its own for these, which begins with this one.
        options.ciphers(SUITE_13);
      }
      contexts.put(version, tls.createSecureContext(options.build()));
    }
  }

  private Clients(Clients others, String servername) {
    this.tls = others.tls;
    this.contexts = others.contexts;
    this.servername = servername;
  }

  /** The same, which ask for that host, and do not mind what it shows; closed with these. */
  Clients named(String host) {
    return new Clients(this, host);
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
        .servername(servername)
        .rejectUnauthorized(servername.equals("localhost"))
        .closeTimeout(CLOSE)
        .secureContext(context);
  }

  /** That many bytes which end a line, for servers that answer lines. */
  static ByteBuffer line(int size) {
    return ByteBuffer.allocate(size).put(size - 1, (byte) '\n').asReadOnlyBuffer();
  }

  /** Nobody may win by another cipher. */
  static void requireSuite(TLSSocket socket) {
    String suite = socket.cipher().map(CipherInfo::standardName).orElse("");
    if (!suite.contains("AES_128_GCM")) {
      throw new IllegalStateException("it speaks " + suite + " and not AES-128-GCM");
    }
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
