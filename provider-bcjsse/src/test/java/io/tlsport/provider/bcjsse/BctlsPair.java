package io.tlsport.provider.bcjsse;

import io.tlsport.ClientAuth;
import io.tlsport.ProtocolVersion;
import io.tlsport.PskIdentity;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.Role;
import io.tlsport.spi.SessionMode;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.TlsProvider;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** A client's and a server's engine, and bytes that the test carries between them. */
final class BctlsPair {
  private static final TlsProvider PROVIDER = new BctlsProviderFactory().create(new Config());

  /** A response of OCSP that says nothing but that there is none. */
  private static final byte[] STAPLE = {0x30, 0x03, 0x0A, 0x01, 0x01};

  /** The servers of a setting share their tickets' keys. */
  private static final Map<Setting, EngineContext> SERVERS = new ConcurrentHashMap<>();

  final SSLEngine client;
  final SSLEngine server;

  BctlsPair(ProtocolVersion version, Identity identity) {
    List<String> suites =
        version == ProtocolVersion.TLS_1_3
            ? List.of("TLS_AES_128_GCM_SHA256")
            : List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    EngineSpec.Builder spec = EngineSpec.builder().versions(List.of(version)).suites(suites);
    client = engine(Role.CLIENT, spec.build()).ssl();
    server = engine(Role.SERVER, spec.identity(Optional.of(identity)).build()).ssl();
  }

  /**
   * What two engines have in common.
   *
   * @param version of both
   * @param clientAuth whether the server asks for a certificate, and the client has one
   * @param alpn whether both have protocols
   * @param staple whether the server staples
   * @param resumed whether a session is to be resumed, where the version allows it
   */
  record Setting(
      ProtocolVersion version, boolean clientAuth, boolean alpn, boolean staple, boolean resumed) {}

  /** A pair of that setting; sessions that the client gets are told. */
  BctlsPair(Setting setting, Identity identity, Resumption resumption, Consumer<byte[]> sessions) {
    EngineSpec.Builder client =
        EngineSpec.builder()
            .versions(List.of(setting.version()))
            .suites(List.of(suite(setting.version())))
            .resumption(resumption)
            .requestOcsp(setting.staple());
    EngineSpec.Builder server =
        EngineSpec.builder()
            .versions(List.of(setting.version()))
            .suites(List.of(suite(setting.version())))
            .identity(Optional.of(identity));
    if (setting.clientAuth()) {
      client.identity(Optional.of(identity));
      server.clientAuth(ClientAuth.REQUEST);
    }
    if (setting.alpn()) {
      client.alpn(List.of("h2", "http/1.1"));
      server.alpn(List.of("h2"));
    }
    if (setting.staple()) {
      server.staple(STAPLE);
    }
    EngineContext servers =
        SERVERS.computeIfAbsent(setting, ignored -> context(Role.SERVER, server.build()));
    this.server = servers.newEngine(server.build(), new NoEvents()).ssl();
    this.client =
        context(Role.CLIENT, client.build())
            .newEngine(
                client.build(),
                new NoEvents() {
                  @Override
                  public void session(byte[] id, byte[] data, boolean portable) {
                    sessions.accept(data);
                  }
                })
            .ssl();
  }

  private static String suite(ProtocolVersion version) {
    return switch (version) {
      case TLS_1_3 -> "TLS_AES_128_GCM_SHA256";
      case TLS_1_2 -> "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
      default -> "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA";
    };
  }

  private static TlsEngine engine(Role role, EngineSpec spec) {
    return context(role, spec).newEngine(spec, new NoEvents());
  }

  private static EngineContext context(Role role, EngineSpec spec) {
    return PROVIDER.open(
        new ContextSpec(
            role,
            "test",
            SessionMode.OWN,
            Duration.ofMinutes(5),
            InstantSource.system(),
            spec.identity().stream().toList(),
            List.of()));
  }

  /** What the engine wants to send. */
  static byte[] wrap(SSLEngine engine) throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(64 * 1024);
    engine.wrap(ByteBuffer.allocate(0), out);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Feeds all of it, record by record, while the engine takes them. */
  static void unwrap(SSLEngine engine, byte[] bytes) throws SSLException {
    ByteBuffer in = ByteBuffer.wrap(bytes.clone());
    ByteBuffer plain = ByteBuffer.allocate(64 * 1024);
    SSLEngineResult result;
    do {
      result = engine.unwrap(in, plain);
    } while (result.bytesConsumed() > 0 && in.hasRemaining());
  }

  private static class NoEvents implements EngineEvents {
    @Override
    public void session(byte[] id, byte[] data, boolean portable) {}

    @Override
    public void ticket(byte[] ticket) {}

    @Override
    public void keyLog(String line) {}

    @Override
    public Optional<byte[]> pskKey(byte[] identity) {
      return Optional.empty();
    }

    @Override
    public Optional<byte[]> pskKey() {
      return Optional.empty();
    }

    @Override
    public Optional<PskIdentity> offeredPsk() {
      return Optional.empty();
    }

    @Override
    public Optional<PskIdentity> pskIdentity(Optional<byte[]> hint) {
      return Optional.empty();
    }
  }

  private static final class Config implements ProviderConfig {
    @Override
    public boolean internals() {
      return false;
    }

    @Override
    public boolean fips() {
      return false;
    }

    @Override
    public Optional<String> accelerator() {
      return Optional.empty();
    }

    @Override
    public Optional<SecureRandom> random() {
      return Optional.empty();
    }

    @Override
    public <T> T withSystemProperties(Map<String, String> values, Supplier<T> body) {
      return body.get();
    }
  }
}
