package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.EphemeralKeyInfo;
import io.tlsport.PeerCertificate;
import io.tlsport.PostQuantum;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What two providers are tried for, each as server and as client. */
enum PairFeature {
  /** A handshake that both accept, and many bytes there and back. */
  ECHO("echo") {
    @Override
    int bytes() {
      return 300_000;
    }
  },
  /** The server's choice of an application protocol. */
  ALPN("alpn", Capability.ALPN) {
    @Override
    void server(ServerOptions.Builder options, PairIdentities identities) {
      options.alpnProtocols("second", "first");
    }

    @Override
    void client(ConnectOptions.Builder options, PairIdentities identities) {
      options.alpnProtocols("first", "second");
    }

    @Override
    Optional<String> wrong(PairConnection connection) {
      return differs("second", connection.client().alpnProtocol().orElse("none"))
          .or(() -> differs("second", connection.server().alpnProtocol().orElse("none")));
    }
  },
  /** The server name that a client sends. */
  SNI("sni", Capability.SNI) {
    @Override
    Optional<String> wrong(PairConnection connection) {
      return differs("localhost", connection.server().servername().orElse("none"));
    }
  },
  /** A client that proves who it is. */
  CLIENT_CERTIFICATE("clientCertificate", Capability.CLIENT_CERTIFICATES) {
    @Override
    void server(ServerOptions.Builder options, PairIdentities identities) {
      // The same server has clients that show none.
      options.requestCert(true).rejectUnauthorized(false);
    }

    @Override
    void client(SecureContextOptions.Builder context, PairIdentities identities) {
      context.key(identities.client().key()).cert(identities.client().chain());
    }

    @Override
    Optional<String> wrong(PairConnection connection) {
      if (!connection.server().authorized()) {
        return Optional.of(
            "the server did not accept the client: " + connection.server().authorizationError());
      }
      byte[] shown = connection.server().peerCertificate().map(PeerCertificate::raw).orElseThrow();
      return Arrays.equals(connection.identities().client().der(), shown)
          ? Optional.empty()
          : Optional.of("the server was shown another certificate than the client's");
    }
  },
  /** A second connection that goes on with the session of the first. */
  RESUMPTION("sessionResumption", Capability.SESSION_RESUMPTION) {
    @Override
    boolean again() {
      return true;
    }

    @Override
    Optional<String> wrong(PairConnection connection) {
      return connection.client().sessionReused() && connection.server().sessionReused()
          ? Optional.empty()
          : Optional.of("the second connection made a full handshake");
    }
  },
  /** What the authority says of the server's certificate, handed on by the server. */
  STAPLE("staple", Capability.OCSP_STAPLING, Capability.OCSP_REQUEST) {
    @Override
    void server(ServerOptions.Builder options, PairIdentities identities) {
      options.ocspResponder(
          (certificate, issuer) ->
              CompletableFuture.completedFuture(Optional.of(identities.stapled())));
    }

    @Override
    void client(ConnectOptions.Builder options, PairIdentities identities) {
      options.requestOcsp(true);
    }

    @Override
    Optional<String> wrong(PairConnection connection)
        throws ExecutionException, TimeoutException, InterruptedException {
      Optional<byte[]> told = PairConnection.within(connection.staple());
      if (told.isEmpty()) {
        return Optional.of("the client was told nothing");
      }
      return Arrays.equals(connection.identities().stapled(), told.get())
          ? Optional.empty()
          : Optional.of("the client was told something else");
    }
  },
  /** Further handshakes on the connection: one that the client asks for, one that the server. */
  RENEGOTIATION("renegotiation", Capability.RENEGOTIATION) {
    @Override
    Optional<String> wrong(PairConnection connection)
        throws ExecutionException, TimeoutException, InterruptedException {
      PairConnection.within(connection.client().renegotiate());
      PairConnection.within(connection.server().renegotiate());
      return connection.client().authorized()
          ? Optional.empty()
          : Optional.of("the client trusts the server no longer");
    }
  },
  /** Small records on both sides. */
  FRAGMENT("fragment", Capability.MAX_SEND_FRAGMENT) {
    @Override
    int bytes() {
      return 3_000;
    }

    @Override
    Optional<String> wrong(PairConnection connection) {
      return connection.client().setMaxSendFragment(SMALL)
              && connection.server().setMaxSendFragment(SMALL)
          ? Optional.empty()
          : Optional.of("the size of records was not set");
    }
  },
  /** A key exchange that no quantum computer opens. */
  POST_QUANTUM("postQuantum", Capability.POST_QUANTUM_GROUPS) {
    @Override
    boolean isOf(ProtocolVersion version) {
      return version == ProtocolVersion.TLS_1_3;
    }

    @Override
    void server(ServerOptions.Builder options, PairIdentities identities) {
      options.context(c -> c.postQuantum(PostQuantum.PREFER));
    }

    @Override
    void client(SecureContextOptions.Builder context, PairIdentities identities) {
      context.postQuantum(PostQuantum.REQUIRE);
    }

    @Override
    Optional<String> wrong(PairConnection connection) {
      return differs(
          "X25519MLKEM768",
          connection
              .client()
              .ephemeralKeyInfo()
              .flatMap(EphemeralKeyInfo::name)
              .orElse("no group"));
    }
  },
  /** Keys for other protocols, which both sides derive alike. */
  KEYING_MATERIAL("keyingMaterial", Capability.KEYING_MATERIAL) {
    @Override
    Optional<String> wrong(PairConnection connection) {
      byte[] ours = connection.client().exportKeyingMaterial(MATERIAL, LABEL, Optional.empty());
      byte[] theirs = connection.server().exportKeyingMaterial(MATERIAL, LABEL, Optional.empty());
      return Arrays.equals(ours, theirs)
          ? Optional.empty()
          : Optional.of("the two sides export different keys");
    }
  };

  private static final int SMALL = 512;
  private static final int MATERIAL = 32;
  private static final String LABEL = "EXPERIMENTAL-tlsport-matrix";
  private static final int FEW_BYTES = 16;

  private final String word;
  private final Optional<Capability> ofServer;
  private final Optional<Capability> ofClient;

  PairFeature(String word) {
    this(word, Optional.empty(), Optional.empty());
  }

  PairFeature(String word, Capability both) {
    this(word, both, both);
  }

  PairFeature(String word, Capability ofServer, Capability ofClient) {
    this(word, Optional.of(ofServer), Optional.of(ofClient));
  }

  PairFeature(String word, Optional<Capability> ofServer, Optional<Capability> ofClient) {
    this.word = word;
    this.ofServer = ofServer;
    this.ofClient = ofClient;
  }

  /** Its name in reports. */
  String word() {
    return word;
  }

  /** What a server's provider needs for it. */
  Optional<Capability> ofServer() {
    return ofServer;
  }

  /** What a client's provider needs for it. */
  Optional<Capability> ofClient() {
    return ofClient;
  }

  /** Whether that version of the protocol has it. */
  boolean isOf(ProtocolVersion version) {
    return true;
  }

  /** How a server is asked for it; it is asked for all that its provider has. */
  void server(ServerOptions.Builder options, PairIdentities identities) {}

  /** How a client is asked for it. */
  void client(ConnectOptions.Builder options, PairIdentities identities) {}

  /** How a client's context is asked for it. */
  void client(SecureContextOptions.Builder context, PairIdentities identities) {}

  /** Whether it is about a second connection, with the session of the first. */
  boolean again() {
    return false;
  }

  /** What is wrong with a connection that is open, if anything; bytes pass afterwards. */
  Optional<String> wrong(PairConnection connection)
      throws ExecutionException, TimeoutException, InterruptedException {
    return Optional.empty();
  }

  /** How many bytes go there and back. */
  int bytes() {
    return FEW_BYTES;
  }

  private static Optional<String> differs(String expected, String actual) {
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of("expected " + expected + ", got " + actual);
  }
}
