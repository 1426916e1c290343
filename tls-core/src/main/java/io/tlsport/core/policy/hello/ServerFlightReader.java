package io.tlsport.core.policy.hello;

import io.tlsport.EphemeralKeyInfo;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.core.policy.cipher.CipherTable;
import io.tlsport.core.policy.group.NamedGroup;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a server sends in the clear: the key exchange that it chose, in ServerHello and
 * ServerKeyExchange (RFC 5246 section 7.4.3, RFC 8422 section 5.4, RFC 8446 section 4.2.8), and the
 * ticket of TLS 1.2 (RFC 5077 section 3.3). Total: what is malformed is left to the engine. Not
 * safe for several threads.
 */
public final class ServerFlightReader {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int SERVER_HELLO = 2;
  private static final int NEW_SESSION_TICKET = 4;
  private static final int SERVER_KEY_EXCHANGE = 12;
  private static final int NAMED_CURVE = 3;
  private static final int HEADER = 4;

  /** What a server sends beyond that is not looked at. */
  private static final int LIMIT = 256 * 1024;

  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private Optional<CipherSuite> suite = Optional.empty();
  private Optional<EphemeralKeyInfo> key = Optional.empty();
  private Optional<byte[]> ticket = Optional.empty();
  private int seen;
  private boolean retried;
  private boolean done;
  private boolean insecure;

  /** A reader at the start of a handshake. */
  public ServerFlightReader() {}

  /** What was chosen, as far as it is known; stays empty where nothing is made for a connection. */
  public Optional<EphemeralKeyInfo> key() {
    return key;
  }

  /** The ticket of TLS 1.2, once it was sent; one without content is none. */
  public Optional<byte[]> ticket() {
    return ticket.map(byte[]::clone);
  }

  /**
   * True once the server has shown that it does not know RFC 5746, which TLS 1.2 and older need.
   */
  public boolean insecure() {
    return insecure;
  }

  /** Looks at one record; {@code record} is left as it is. */
  public void record(ByteBuffer record) {
    if (done || !record.hasRemaining()) {
      return;
    }
    byte[] bytes = new byte[record.remaining()];
    record.duplicate().get(bytes);
    seen += bytes.length;
    if (bytes[0] == CHANGE_CIPHER_SPEC && retried) {
      return; // means nothing behind a HelloRetryRequest (RFC 8446 appendix D.4)
    }
    if (bytes[0] != HANDSHAKE || seen > LIMIT) {
      done = true;
      return;
    }
    try {
      Wire wire = new Wire(bytes);
      wire.take(3); // type and version
      waiting.writeBytes(wire.part16().rest());
      messages();
    } catch (HelloException malformed) {
      done = true;
    }
  }

  private void messages() throws HelloException {
    byte[] all = waiting.toByteArray();
    Wire wire = new Wire(all);
    int consumed = 0;
    while (!done && wire.remaining() >= HEADER) {
      int type = wire.u8();
      int length = wire.u24();
      if (wire.remaining() < length) {
        break;
      }
      message(type, wire.part(length));
      consumed += HEADER + length;
    }
    waiting.reset();
    waiting.write(all, consumed, all.length - consumed);
  }

  private void message(int type, Wire body) throws HelloException {
    switch (type) {
      case SERVER_HELLO -> hello(ServerHello.body(body));
      case SERVER_KEY_EXCHANGE -> key = exchange(body);
      case NEW_SESSION_TICKET -> {
        body.take(4); // its lifetime
        ticket = Optional.of(body.part16().rest()).filter(sent -> sent.length > 0);
      }
      default -> {
        // Certificates come between.
      }
    }
  }

  private void hello(ServerHello hello) {
    if (hello.isHelloRetryRequest()) {
      retried = true;
      return;
    }
    if (hello.version().isPresent()) {
      key = hello.group().flatMap(NamedGroup::byCode).map(NamedGroup::info);
      done = true;
    } else {
      insecure = !hello.secureRenegotiation();
    }
    suite = CipherTable.get().byCode(hello.suite());
  }

  private Optional<EphemeralKeyInfo> exchange(Wire body) throws HelloException {
    String exchange = suite.map(CipherSuite::keyExchange).orElse("");
    if (exchange.equals("DHEPSK") || exchange.equals("ECDHEPSK")) {
      body.part16(); // the hint (RFC 4279 section 3, RFC 5489)
      exchange = exchange.startsWith("EC") ? "ECDH" : "DH";
    }
    if (exchange.equals("DH")) {
      return Optional.of(finite(new BigInteger(1, body.part16().rest())));
    }
    if (exchange.equals("ECDH") && body.u8() == NAMED_CURVE) {
      return NamedGroup.byCode(body.u16()).map(NamedGroup::info);
    }
    return Optional.empty();
  }

  private static EphemeralKeyInfo finite(BigInteger prime) {
    return new EphemeralKeyInfo(EphemeralKeyInfo.Type.DH, Optional.empty(), prime.bitLength());
  }
}
