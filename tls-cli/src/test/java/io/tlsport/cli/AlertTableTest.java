package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ProtocolVersion;
import io.tlsport.SecurePair;
import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.spi.AlertCodes;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which alert leaves for each failure, as it stands on the wire: docs/providers.md. */
@Timeout(120)
class AlertTableTest {
  private static final int ALERT = 21;
  private static final int LENGTH_OF_ALERT = 7;

  /** The peer whose engine reports every alert that it reads. */
  private static final String READER = "bctls";

  private static final byte[] PLAIN = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** What a peer sends that it must not. */
  private enum Forged {
    NOTHING,
    DOES_NOT_DECRYPT,
    TOO_LONG;

    byte[] bytes() {
      return switch (this) {
        case NOTHING -> new byte[0];
        case DOES_NOT_DECRYPT -> record(23, new byte[48]);
        case TOO_LONG -> new byte[] {23, 3, 3, (byte) 0xff, (byte) 0xff, 0};
      };
    }
  }

  private static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  private static byte[] record(int type, byte[] content) {
    return ByteBuffer.allocate(5 + content.length)
        .put((byte) type)
        .putShort((short) 0x303)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private interface Change extends Consumer<SocketOptions.Builder> {
    Change NONE = options -> {};
  }

  /**
   * A way to fail.
   *
   * @param name in the table
   * @param client whether it is the client that notices
   * @param ours changes the side that notices
   * @param theirs changes the other
   * @param forged what it is sent once both are secure; empty: nothing
   */
  private record Failure(String name, boolean client, Change ours, Change theirs, Forged forged) {
    /** The suites of TLS 1.3 cannot be chosen everywhere. */
    List<ProtocolVersion> versions() {
      return name.contains("cipher suite") ? VERSIONS.subList(0, 1) : VERSIONS;
    }

    static Failure ofClient(String name, TestIdentity server) {
      return new Failure("client: " + name, true, Change.NONE, shows(server), Forged.NOTHING);
    }

    static Failure ofServer(String name, Change ours, Change theirs) {
      Change server =
          options -> {
            shows(Identities.server()).accept(options);
            ours.accept(options);
          };
      return new Failure("server: " + name, false, server, theirs, Forged.NOTHING);
    }

    static Failure forged(boolean client, String name, Forged bytes) {
      Change server = shows(Identities.server());
      return client
          ? new Failure("client: " + name, true, Change.NONE, server, bytes)
          : new Failure("server: " + name, false, server, Change.NONE, bytes);
    }
  }

  private static Change shows(TestIdentity identity) {
    return options -> options.context(c -> c.key(identity.key()).cert(identity.chain()));
  }

  private static TestIdentity leaf(CertificateSpec spec) {
    return Identities.root().leaf(spec);
  }

  private static void asking(SocketOptions.Builder options) {
    options.requestCert(true).context(c -> c.ca(Identities.ca()));
  }

  private static final List<Failure> FAILURES =
      List.of(
          Failure.ofClient(
              "the issuer is unknown", Identities.stranger().leaf(Identities.localhost())),
          Failure.ofClient("the certificate has expired", leaf(Identities.localhost().expired())),
          Failure.ofClient(
              "the certificate names another host", Identities.server("elsewhere.example")),
          Failure.ofClient("the certificate is one of clients", Identities.client()),
          Failure.forged(true, "a record that does not decrypt", Forged.DOES_NOT_DECRYPT),
          Failure.forged(true, "a record that is too long", Forged.TOO_LONG),
          Failure.ofServer(
              "no cipher suite in common",
              options -> options.context(c -> c.ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")),
              options -> options.context(c -> c.ciphers("ECDHE-ECDSA-AES256-GCM-SHA384"))),
          Failure.ofServer(
              "no application protocol in common",
              options -> options.alpnProtocols("one"),
              options -> options.alpnProtocols("two")),
          Failure.ofServer("the client shows no certificate", AlertTableTest::asking, Change.NONE),
          Failure.ofServer(
              "the client's issuer is unknown",
              AlertTableTest::asking,
              shows(Identities.strangeClient())),
          Failure.ofServer(
              "the client's certificate has expired",
              AlertTableTest::asking,
              shows(leaf(CertificateSpec.client("a client").expired()))),
          Failure.forged(false, "a record that does not decrypt", Forged.DOES_NOT_DECRYPT),
          Failure.forged(false, "a record that is too long", Forged.TOO_LONG));

  @Test
  void everyFailureIsToldAsTheTableSays() throws Exception {
    Map<String, Tls> runtimes = new TreeMap<>();
    Providers.names().forEach(name -> runtimes.put(name, Tls.builder().provider(name).build()));
    List<String> names = Providers.names().toList();
    StringBuilder table = new StringBuilder("| failure |");
    names.forEach(name -> table.append(" `").append(name).append("` |"));
    table.append("\n| --- |").append(" --- |".repeat(names.size())).append('\n');
    try {
      for (Failure failure : FAILURES) {
        table.append("| ").append(failure.name()).append(" |");
        for (String name : names) {
          Set<String> told = new LinkedHashSet<>();
          for (ProtocolVersion version : failure.versions()) {
            told.add(told(runtime(runtimes, name), runtime(runtimes, READER), failure, version));
          }
          table.append(' ').append(String.join(" / ", told)).append(" |");
        }
        table.append('\n');
      }
      for (String what : List.of("no version in common", "application data first", "plain HTTP")) {
        table.append("| server: ").append(what).append(" |");
        for (String name : names) {
          table.append(' ').append(first(runtime(runtimes, name), what)).append(" |");
        }
        table.append('\n');
      }
    } finally {
      runtimes.values().forEach(Tls::close);
    }
    Document.read("docs/providers.md").withPart("alerts", table.toString()).requireInPlace();
  }

  private static SocketOptions options(
      boolean client, ProtocolVersion version, Change change, boolean rejects) {
    SocketOptions.Builder options =
        SocketOptions.builder()
            .isServer(!client)
            .rejectUnauthorized(rejects)
            .closeTimeout(Duration.ofSeconds(1))
            .context(c -> c.minVersion(version).maxVersion(version));
    if (client) {
      options.servername("localhost").context(c -> c.ca(Identities.ca()));
    }
    change.accept(options);
    return options.build();
  }

  private static Tls runtime(Map<String, Tls> runtimes, String name) {
    return Objects.requireNonNull(runtimes.get(name), name);
  }

  private static String told(Tls ours, Tls theirs, Failure failure, ProtocolVersion version) {
    SecurePair noticing =
        ours.createSecurePair(options(failure.client(), version, failure.ours(), true));
    SecurePair peer =
        theirs.createSecurePair(options(!failure.client(), version, failure.theirs(), false));
    AtomicReference<@Nullable TlsException> error = new AtomicReference<>();
    peer.cleartext().onError(error::set);
    List<TlsException> noticed = new ArrayList<>();
    noticing.cleartext().onError(noticed::add);
    try {
      Wire wire =
          failure.client()
              ? Wire.between(noticing.encrypted(), peer.encrypted())
              : Wire.between(peer.encrypted(), noticing.encrypted());
      if (failure.forged() != Forged.NOTHING) {
        Patience.await(noticing.secured(), "a secure pair");
        Patience.await(peer.secured(), "a secure pair");
        noticing.encrypted().write(failure.forged().bytes());
      }
      Patience.await(noticing.cleartext().closed(), failure.name() + " is noticed");
      Patience.await(peer.cleartext().closed(), failure.name() + " is told");
      assertTrue(!noticed.isEmpty(), failure::name);
      byte[] sent = (failure.client() ? wire.sentByFirst() : wire.sentBySecond()).bytes();
      OptionalInt inTheClear = last(sent);
      return inTheClear.isPresent() ? name(inTheClear) : name(read(error.get()));
    } finally {
      noticing.destroy();
      peer.destroy();
    }
  }

  /** What a server says to the first bytes that it gets. */
  private static String first(Tls tls, String what) {
    boolean version = what.startsWith("no version");
    SecurePair server =
        tls.createSecurePair(
            options(false, ProtocolVersion.TLS_1_3, shows(Identities.server()), true));
    try {
      if (version) {
        SecurePair old =
            tls.createSecurePair(options(true, ProtocolVersion.TLS_1_2, Change.NONE, true));
        Wire wire = Wire.between(old.encrypted(), server.encrypted());
        Patience.await(server.cleartext().closed(), what);
        return name(last(wire.sentBySecond().bytes()));
      }
      SentBytes sent = new SentBytes();
      server.encrypted().onData(sent::add);
      server.encrypted().write(what.startsWith("plain") ? PLAIN : Forged.DOES_NOT_DECRYPT.bytes());
      Patience.await(server.cleartext().closed(), what);
      return name(last(sent.bytes()));
    } finally {
      server.destroy();
    }
  }

  /** What left a pair. */
  private static final class SentBytes {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    synchronized void add(ByteBuffer data) {
      byte[] bytes = new byte[data.remaining()];
      data.duplicate().get(bytes);
      all.writeBytes(bytes);
    }

    synchronized byte[] bytes() {
      return all.toByteArray();
    }
  }

  private static String name(OptionalInt alert) {
    return alert.isPresent() ? AlertCodes.name(alert.getAsInt()) : "none";
  }

  /** The alert that is the last record, if it is one in the clear. */
  private static OptionalInt last(byte[] sent) {
    int at = sent.length - LENGTH_OF_ALERT;
    return at >= 0
            && sent[at] == ALERT
            && sent[at + 3] == 0
            && sent[at + 4] == 2
            && sent[at + 5] == 2
        ? OptionalInt.of(sent[at + 6])
        : OptionalInt.empty();
  }

  /** The alert that an engine has read. */
  private static OptionalInt read(@Nullable TlsException error) {
    return error == null
        ? OptionalInt.empty()
        : IntStream.range(0, 256)
            .filter(alert -> !AlertCodes.name(alert).equals("unknown"))
            .filter(alert -> AlertCodes.code(alert) == error.code())
            .findFirst();
  }
}
