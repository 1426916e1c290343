package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SocketOptions;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.ExchangedKeys;
import io.tlsport.tck.fixture.HelloBytes;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Keys that are exchanged are used once. */
public abstract class EphemeralKeyContract extends ProviderContract {
  private static final String DHE = "DHE-RSA-AES128-GCM-SHA256";
  private static final int CONNECTIONS = 3;

  private interface Change extends Consumer<SecureContextOptions.Builder> {}

  @Rule("17.15")
  @EachVersion
  void keysAreMadeForOneConnection(ProtocolVersion version) {
    assertFresh(version, Identities.server(), c -> {});
  }

  @Rule("17.15")
  @Test
  @Requires(Capability.DHE)
  void keysOfDheAreMadeForOneConnection() {
    // Asked first, so that a provider without it refuses before anything else happens.
    tls().createSecureContext(SecureContextOptions.builder().dhparamAuto().build());
    assertFresh(
        ProtocolVersion.TLS_1_2,
        Identities.server(KeyKind.RSA_2048),
        c -> c.ciphers(DHE).dhparamAuto());
  }

  private void assertFresh(ProtocolVersion version, TestIdentity identity, Change change) {
    SecureContextOptions.Builder server =
        SecureContextOptions.builder().key(identity.key()).cert(identity.chain());
    SecureContextOptions.Builder client = SecureContextOptions.builder().ca(Identities.ca());
    SecureContext ours = context(version, client, change);
    SecureContext theirs = context(version, server, change);
    Set<String> ofServer = new HashSet<>();
    Set<String> ofClient = new HashSet<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      var joined =
          bench()
              .pairs(
                  SocketOptions.builder().servername("localhost").secureContext(ours).build(),
                  SocketOptions.builder().isServer(true).secureContext(theirs).build());
      Wire wire = joined.join();
      joined.client().awaitSecure();
      assertFalse(joined.client().socket().sessionReused());
      ofServer.add(ExchangedKeys.ofServer(wire.sentBySecond().bytes()));
      ofClient.add(HelloBytes.content(wire.sentByFirst().bytes(), HelloBytes.KEY_SHARE));
    }
    assertEquals(CONNECTIONS, ofServer.size(), "keys of the server");
    assertEquals(
        version == ProtocolVersion.TLS_1_3 ? CONNECTIONS : 1,
        ofClient.size(),
        "keys of the client");
  }

  private SecureContext context(
      ProtocolVersion version, SecureContextOptions.Builder options, Change change) {
    change.accept(options.minVersion(version).maxVersion(version));
    return tls().createSecureContext(options.build());
  }
}
