package io.tlsport.fuzz;

import io.tlsport.ApplicationProtocols;
import io.tlsport.ConnectionLimits;
import io.tlsport.PlainHttp;
import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.core.policy.hello.ClientHelloParser;
import io.tlsport.core.policy.hello.PskIdentityReader;
import io.tlsport.core.policy.hello.ServerFlightReader;
import io.tlsport.core.policy.hello.ServerHello;
import io.tlsport.core.policy.limit.HandshakeRecords;
import io.tlsport.core.policy.plain.PlainRequest;
import io.tlsport.core.policy.plain.ProxyHeader;
import io.tlsport.core.policy.trace.RecordTrace;
import io.tlsport.tck.fixture.Mutation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What comes over the wire before there is an engine, or beside it. */
enum WireTarget implements Target {
  CLIENT_HELLO {
    @Override
    public List<byte[]> seeds() {
      return sent(false);
    }

    @Override
    public void read(byte[] input) {
      hello(input);
    }
  },
  SERVER_HELLO {
    @Override
    public List<byte[]> seeds() {
      return sent(true);
    }

    @Override
    public void read(byte[] input) {
      ServerHello.parse(ByteBuffer.wrap(input));
    }
  },
  SERVER_FLIGHT {
    @Override
    public List<byte[]> seeds() {
      return sent(true);
    }

    @Override
    public void read(byte[] input) {
      ServerFlightReader reader = new ServerFlightReader();
      Mutation.records(input).forEach(record -> reader.record(ByteBuffer.wrap(record)));
      reader.key();
      reader.ticket();
    }
  },
  PSK_IDENTITY {
    @Override
    public List<byte[]> seeds() {
      return List.of(
          new byte[] {22, 3, 3, 0, 10, 16, 0, 0, 6, 0, 4, 'n', 'a', 'm', 'e'}, sent(false).get(0));
    }

    @Override
    public void read(byte[] input) {
      PskIdentityReader.read(ByteBuffer.wrap(input));
    }
  },
  RECORDS {
    @Override
    public List<byte[]> seeds() {
      return sent(true);
    }

    @Override
    public void read(byte[] input) {
      HandshakeRecords first = new HandshakeRecords(ConnectionLimits.DEFAULT, false);
      HandshakeRecords again = new HandshakeRecords(ConnectionLimits.DEFAULT, true);
      for (byte[] record : Mutation.records(input)) {
        first.came(ByteBuffer.wrap(record));
        again.came(ByteBuffer.wrap(record));
      }
    }
  },
  TRACE {
    @Override
    public List<byte[]> seeds() {
      List<byte[]> seeds = new ArrayList<>(sent(true));
      seeds.addAll(sent(false));
      return seeds;
    }

    @Override
    public void read(byte[] input) {
      RecordTrace trace =
          new RecordTrace(
              line -> {
                if (line.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')) {
                  throw new AssertionError("controls in a trace: " + line);
                }
              });
      int middle = input.length / 2;
      trace.received(ByteBuffer.wrap(input, 0, middle));
      trace.sent(ByteBuffer.wrap(input));
      trace.received(ByteBuffer.wrap(input, middle, input.length - middle));
    }
  },
  PROXY_HEADER {
    @Override
    public List<byte[]> seeds() {
      byte[] binary = {
        13,
        10,
        13,
        10,
        0,
        13,
        10,
        'Q',
        'U',
        'I',
        'T',
        10,
        0x21,
        0x11,
        0,
        12,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        0,
        80,
        1,
        (byte) 187
      };
      return List.of(
          "PROXY TCP4 1.2.3.4 5.6.7.8 80 443\r\n".getBytes(StandardCharsets.US_ASCII),
          "PROXY TCP6 ::1 fe80::1 80 443\r\n".getBytes(StandardCharsets.US_ASCII),
          "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII),
          binary);
    }

    @Override
    public void read(byte[] input) {
      new ProxyHeader().feed(ByteBuffer.wrap(input));
    }
  },
  PLAIN_REQUEST {
    @Override
    public List<byte[]> seeds() {
      return List.of(
          "GET /a?b HTTP/1.1\r\nHost: example.com:80\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
          "POST / HTTP/1.0\r\nhost: [::1]\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void read(byte[] input) {
      PlainRequest request = new PlainRequest(PlainHttp.REDIRECT);
      ByteBuffer bytes = ByteBuffer.wrap(input);
      while (bytes.hasRemaining() && request.feed(bytes).isEmpty()) {
        // It wants more.
      }
    }
  },
  PROTOCOLS {
    @Override
    public List<byte[]> seeds() {
      return List.of(ApplicationProtocols.encode(List.of("h2", "http/1.1")));
    }

    @Override
    public void read(byte[] input) {
      ApplicationProtocols.decode(input);
    }
  };

  private static final class Jdk {
    static final Handshakes HANDSHAKES = new Handshakes("jdk");
  }

  private static List<byte[]> sent(boolean byServer) {
    return Handshakes.VERSIONS.stream()
        .map(version -> Handshakes.sent(Jdk.HANDSHAKES.honest(version), byServer))
        .toList();
  }

  private static void hello(byte[] input) {
    ClientHelloParser.Result whole = new ClientHelloParser().feed(ByteBuffer.wrap(input));
    ClientHelloParser parser = new ClientHelloParser();
    ClientHelloParser.Result pieces = new ClientHelloParser.NeedMore();
    for (int at = 0; at < input.length; at += 7) {
      pieces =
          parser.feed(
              ByteBuffer.wrap(Arrays.copyOfRange(input, at, Math.min(input.length, at + 7))));
      if (!(pieces instanceof ClientHelloParser.NeedMore)) {
        break;
      }
    }
    if (pieces.getClass() != whole.getClass()) {
      throw new AssertionError("in pieces " + pieces + ", and as a whole " + whole);
    }
    if (whole instanceof ClientHelloParser.Parsed parsed) {
      every(parsed.hello());
    }
  }

  private static void every(ClientHello hello) {
    hello.legacyVersion();
    hello.sessionId();
    hello.cipherSuites();
    hello.serverName();
    hello.alpnProtocols();
    hello.offersNpn();
    hello.supportedGroups();
    hello.signatureSchemes();
    hello.asksForStatus();
    hello.sessionTicket();
    hello.preSharedKeys();
    hello.externalKeys();
    hello.requestsStatus();
    for (ProtocolVersion version : ProtocolVersion.values()) {
      hello.offeredSessions(version);
      hello.offers(version);
    }
  }
}
