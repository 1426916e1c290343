package io.tlsport.core.policy.hello;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The head of a server's answer (RFC 8446 section 4.1.3).
 *
 * @param random the server's random, which marks a HelloRetryRequest
 * @param sessionId the session id that it gives or repeats
 * @param suite the number of the suite that it chose
 * @param version what supported_versions chose; empty for TLS 1.2 and older
 * @param group the number of its group; empty for TLS 1.2 and older, and where none is used
 * @param preSharedKey it takes the session that the client offered (TLS 1.3)
 * @param secureRenegotiation it knows RFC 5746; means nothing in TLS 1.3
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ServerHello(
    byte[] random,
    byte[] sessionId,
    int suite,
    Optional<Integer> version,
    Optional<Integer> group,
    boolean preSharedKey,
    boolean secureRenegotiation) {
  private static final int HANDSHAKE = 22;
  private static final int SERVER_HELLO = 2;

  /** The message is small, though a record may have more of them. */
  private static final int LARGEST = 4096;

  /** SHA-256 of "HelloRetryRequest". */
  private static final byte[] RETRY =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  /**
   * Reads the answer from the first record of a server.
   *
   * @return empty if that is not there, or is not a whole ServerHello
   */
  public static Optional<ServerHello> parse(ByteBuffer records) {
    byte[] bytes = new byte[Math.min(records.remaining(), LARGEST)];
    records.get(bytes);
    try {
      Wire wire = new Wire(bytes);
      if (wire.u8() != HANDSHAKE) {
        return Optional.empty();
      }
      wire.u16();
      int length = wire.u16();
      Wire record = wire.part(Math.min(length, wire.remaining()));
      if (record.u8() != SERVER_HELLO) {
        return Optional.empty();
      }
      return Optional.of(body(record.part(record.u24())));
    } catch (HelloException malformed) {
      return Optional.empty();
    }
  }

  /** Reads the body of the handshake message. */
  static ServerHello body(Wire wire) throws HelloException {
    wire.u16();
    byte[] random = wire.take(32);
    byte[] sessionId = wire.part8().rest();
    int suite = wire.u16();
    wire.u8();
    Optional<Integer> version = Optional.empty();
    Optional<Integer> group = Optional.empty();
    boolean preSharedKey = false;
    boolean secureRenegotiation = false;
    Wire extensions = wire.isEmpty() ? wire : wire.part16();
    while (!extensions.isEmpty()) {
      int type = extensions.u16();
      Wire data = extensions.part16();
      if (type == Extension.SUPPORTED_VERSIONS) {
        version = Optional.of(data.u16());
      }
      if (type == Extension.KEY_SHARE) {
        group = Optional.of(data.u16());
      }
      preSharedKey |= type == Extension.PRE_SHARED_KEY;
      secureRenegotiation |= type == Extension.RENEGOTIATION_INFO;
    }
    return new ServerHello(
        random, sessionId, suite, version, group, preSharedKey, secureRenegotiation);
  }

  /** True if the server asks for another ClientHello first. */
  public boolean isHelloRetryRequest() {
    return Arrays.equals(random, RETRY);
  }

  /** True if the answer goes on with a session of the client (RFC 8446 section 2.2, RFC 5077). */
  public static boolean resumed(ClientHello hello, ServerHello answer) {
    if (answer.version().isPresent()) {
      return answer.preSharedKey();
    }
    byte[] offered = hello.sessionId();
    return offered.length > 0 && Arrays.equals(offered, answer.sessionId());
  }
}
