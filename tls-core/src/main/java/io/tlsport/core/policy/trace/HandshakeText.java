package io.tlsport.core.policy.trace;

import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.core.policy.cipher.CipherTable;
import io.tlsport.core.policy.group.NamedGroup;
import io.tlsport.core.policy.hello.ClientHello;
import io.tlsport.core.policy.hello.ClientHelloParser;
import io.tlsport.core.policy.hello.ServerHello;
import io.tlsport.core.policy.signature.SignatureScheme;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** One handshake message as a line. */
final class HandshakeText {
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int PLAINTEXT = 16384;

  private HandshakeText() {}

  /** A whole message with its head; what it decides for both directions is noted. */
  static String of(ByteBuffer message, RecordTrace.Negotiation negotiation) {
    int type = message.get(message.position()) & 0xff;
    String head = name(type) + ", " + (message.remaining() - 4) + " bytes";
    return switch (type) {
      case CLIENT_HELLO -> head + clientHello(message);
      case SERVER_HELLO -> head + serverHello(message, negotiation);
      default -> head;
    };
  }

  private static String clientHello(ByteBuffer message) {
    ClientHelloParser.Result result = new ClientHelloParser().feed(records(message));
    if (result instanceof ClientHelloParser.Parsed parsed) {
      return ": " + text(parsed.hello());
    }
    return result instanceof ClientHelloParser.Rejected rejected
        ? ": malformed, " + rejected.error().code()
        : "";
  }

  private static String text(ClientHello hello) {
    StringBuilder text = new StringBuilder();
    text.append(
        Arrays.stream(ProtocolVersion.values())
            .filter(hello::offers)
            .map(ProtocolVersion::id)
            .collect(Collectors.joining(" ")));
    list(text, "suites", hello.cipherSuites(), HandshakeText::suite);
    list(text, "groups", hello.supportedGroups(), HandshakeText::group);
    list(text, "signatures", hello.signatureSchemes(), HandshakeText::scheme);
    hello
        .serverName()
        .ifPresent(name -> text.append("; server name ").append(PeerText.quoted(name)));
    if (!hello.alpnProtocols().isEmpty()) {
      text.append("; protocols");
      hello.alpnProtocols().forEach(name -> text.append(' ').append(PeerText.quoted(name)));
    }
    if (hello.asksForStatus()) {
      text.append("; asks for the status of the certificate");
    }
    int offered = hello.preSharedKeys().size() + (hasTicket(hello) ? 1 : 0);
    if (offered > 0 || hello.sessionId().length > 0) {
      text.append("; session id of ").append(hello.sessionId().length).append(" bytes, ");
      text.append(offered).append(" tickets");
    }
    return text.toString();
  }

  private static boolean hasTicket(ClientHello hello) {
    return hello.sessionTicket().filter(ticket -> ticket.length > 0).isPresent();
  }

  private static void list(
      StringBuilder text, String what, List<Integer> codes, IntFunction<Optional<String>> name) {
    if (!codes.isEmpty()) {
      text.append("; ").append(what);
      codes.forEach(code -> text.append(' ').append(name.apply(code).orElseGet(() -> hex(code))));
    }
  }

  private static String serverHello(ByteBuffer message, RecordTrace.Negotiation negotiation) {
    Optional<ServerHello> parsed = ServerHello.parse(records(message));
    if (parsed.isEmpty()) {
      return ": malformed";
    }
    ServerHello hello = parsed.get();
    negotiation.tls13 |= hello.version().isPresent();
    return (hello.isHelloRetryRequest() ? ": asks to try again; " : ": ")
        + hello
            .version()
            .flatMap(ProtocolVersion::byCode)
            .map(ProtocolVersion::id)
            .orElse("TLSv1.2 or older")
        + "; suite "
        + suite(hello.suite()).orElseGet(() -> hex(hello.suite()))
        + hello.group().map(code -> "; group " + group(code).orElseGet(() -> hex(code))).orElse("")
        + (hello.preSharedKey() ? "; takes a session or key that was offered" : "");
  }

  /** The message in records of its own, which is how it is parsed. */
  private static ByteBuffer records(ByteBuffer message) {
    ByteBuffer rest = message.duplicate();
    int count = (rest.remaining() + PLAINTEXT - 1) / PLAINTEXT;
    ByteBuffer records = ByteBuffer.allocate(rest.remaining() + 5 * count);
    while (rest.hasRemaining()) {
      int size = Math.min(PLAINTEXT, rest.remaining());
      records.put((byte) 22).putShort((short) 0x0301).putShort((short) size);
      records.put(rest.slice().limit(size));
      rest.position(rest.position() + size);
    }
    return records.flip();
  }

  private static Optional<String> suite(int code) {
    return CipherTable.get().suites().stream()
        .filter(suite -> suite.code() == code)
        .map(CipherSuite::standardName)
        .findFirst();
  }

  private static Optional<String> group(int code) {
    return NamedGroup.byCode(code).map(NamedGroup::standardName);
  }

  private static Optional<String> scheme(int code) {
    return Arrays.stream(SignatureScheme.values())
        .filter(scheme -> scheme.code() == code)
        .map(SignatureScheme::standardName)
        .findFirst();
  }

  private static String hex(int code) {
    return String.format(Locale.ROOT, "0x%04x", code);
  }

  private static String name(int type) {
    return switch (type) {
      case 0 -> "HelloRequest";
      case CLIENT_HELLO -> "ClientHello";
      case SERVER_HELLO -> "ServerHello";
      case 4 -> "NewSessionTicket";
      case 11 -> "Certificate";
      case 12 -> "ServerKeyExchange";
      case 13 -> "CertificateRequest";
      case 14 -> "ServerHelloDone";
      case 15 -> "CertificateVerify";
      case 16 -> "ClientKeyExchange";
      case 20 -> "Finished";
      case 22 -> "CertificateStatus";
      case 67 -> "NextProtocol";
      default -> "message " + type;
    };
  }
}
