package io.tlsport.tck;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.ServerOptions;
import io.tlsport.SocketOptions;
import io.tlsport.Support;
import io.tlsport.Tls;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.tck.engine.ContractExtension;
import io.tlsport.tck.engine.LeakExtension;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.OpenSockets;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Workbench;
import io.tlsport.testpki.TestIdentity;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A part of the kit: tests of one concept. Every test starts with an empty {@link Workbench}, is
 * bounded to 30 s, and must leave no socket open.
 */
@ExtendWith({ContractExtension.class, LeakExtension.class})
@Timeout(30)
public abstract class ProviderContract {
  /** Some engines hold an end back for so long: the kit does not want to wait for it. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private @Nullable Workbench bench;
  private OptionalInt socketsBefore = OptionalInt.empty();

  /** Called by the kit before each test. */
  public final void begin(ProviderUnderTest kit) {
    socketsBefore = OpenSockets.count();
    bench = new Workbench(kit);
  }

  /** Called by the kit after each test. */
  public final void finish() throws Exception {
    bench().clear();
    if (socketsBefore.isPresent()) {
      int before = socketsBefore.getAsInt();
      Patience.until(
          () -> OpenSockets.count().orElse(0) <= before,
          () ->
              "the sockets of the test to be gone after Tls.close(): "
                  + before
                  + " before it, "
                  + OpenSockets.count().orElse(0)
                  + " now");
    }
  }

  /** Where the test works. */
  public final Workbench bench() {
    Workbench current = bench;
    if (current == null) {
      throw new IllegalStateException("no test is running");
    }
    return current;
  }

  /**
   * Demands a capability before a byte is sent, where no option asks for it that early.
   *
   * @throws UnsupportedFeatureException if it is not declared for those versions
   */
  protected final void demand(Capability capability, ProtocolVersion... versions) {
    Tls granted = bench().tls(builder -> builder.require(capability));
    if (granted.capabilities().of(capability) instanceof Support.Only only
        && !only.versions().containsAll(List.of(versions))) {
      throw new UnsupportedFeatureException(capability, granted.provider().name(), only.reason());
    }
  }

  /** The runtime that most of the test uses. */
  protected final Tls tls() {
    return bench().tls();
  }

  /** A server {@code localhost} that speaks one version. */
  protected static ServerOptions.Builder server(ProtocolVersion version) {
    return server(version, Identities.server());
  }

  /** A server of that identity that speaks one version. */
  protected static ServerOptions.Builder server(ProtocolVersion version, TestIdentity identity) {
    return server(identity).context(c -> c.minVersion(version).maxVersion(version));
  }

  /** A server of that identity that speaks every version. */
  protected static ServerOptions.Builder server(TestIdentity identity) {
    return ServerOptions.builder().context(c -> c.key(identity.key()).cert(identity.chain()));
  }

  /** A client that trusts the root and speaks one version. */
  protected static ConnectOptions.Builder client(ProtocolVersion version) {
    return client().context(c -> c.minVersion(version).maxVersion(version));
  }

  /** A client that trusts the root and speaks every version. */
  protected static ConnectOptions.Builder client() {
    return ConnectOptions.builder()
        .servername("localhost")
        .closeTimeout(CLOSE_TIMEOUT)
        .context(c -> c.ca(Identities.ca()));
  }

  /** A client's secure pair that speaks one version. */
  protected static SocketOptions.Builder clientPair(ProtocolVersion version) {
    return SocketOptions.builder()
        .servername("localhost")
        .rejectUnauthorized(true)
        .closeTimeout(CLOSE_TIMEOUT)
        .context(c -> c.ca(Identities.ca()).minVersion(version).maxVersion(version));
  }

  /** A server's secure pair that speaks one version. */
  protected static SocketOptions.Builder serverPair(ProtocolVersion version) {
    TestIdentity identity = Identities.server();
    return SocketOptions.builder()
        .isServer(true)
        .context(
            c ->
                c.key(identity.key())
                    .cert(identity.chain())
                    .minVersion(version)
                    .maxVersion(version));
  }

  /** Both sides over a wire of the test, not yet joined. */
  protected final Workbench.Joined pairs(ProtocolVersion version) {
    return bench().pairs(clientPair(version).build(), serverPair(version).build());
  }

  /** A secure connection of one version over the network. */
  protected final Workbench.Connection connection(ProtocolVersion version) {
    return bench().connection(server(version).build(), client(version));
  }

  /** The same; {@code perSocket} runs inside the server's secureConnection event. */
  protected final Workbench.Connection connection(
      ProtocolVersion version, Consumer<io.tlsport.tck.fixture.Capture> perSocket) {
    return bench().connection(server(version).build(), client(version), perSocket);
  }
}
