package io.tlsport.provider.bcjsse;

import io.tlsport.ApplicationProtocols;
import io.tlsport.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AbstractTlsKeyExchange;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsKeyExchange;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.jspecify.annotations.Nullable;

/**
 * Next protocol negotiation (draft-agl-tls-nextprotoneg-04). Bouncy Castle does not know its
 * message, but hashes and sends whatever handshake message stands in the stream that it hands out
 * for another one.
 */
final class BctlsNextProtocol {
  /** The extension's number. */
  static final Integer EXTENSION = 13172;

  private static final int MESSAGE = 67;
  private static final int HEADER = 4;

  /** Both parts at their longest, each behind its length. */
  private static final int LONGEST = 2 * 256;

  /** The message tells nothing of its name's length beyond a multiple of this. */
  private static final int UNIT = 32;

  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  /**
   * What a client takes.
   *
   * @param sent to the server
   * @param agreed whether the server has it
   */
  record Choice(String sent, boolean agreed) {
    /** The first of the server's that is ours too, else our first. */
    static Choice of(List<String> servers, List<String> ours) {
      return servers.stream()
          .filter(ours::contains)
          .findFirst()
          .map(both -> new Choice(both, true))
          .orElseGet(() -> new Choice(ours.get(0), false));
    }

    Optional<String> protocol() {
      return agreed ? Optional.of(sent) : Optional.empty();
    }
  }

  /** The names in a server's extension. */
  static List<String> names(byte[] extension) throws TlsFatalAlert {
    try {
      return ApplicationProtocols.decode(extension);
    } catch (ConfigurationException malformed) {
      throw new TlsFatalAlert(AlertDescription.decode_error, malformed);
    }
  }

  /** The message that names a protocol. */
  static byte[] message(String protocol) {
    byte[] name = protocol.getBytes(StandardCharsets.UTF_8);
    int padding = UNIT - (name.length + 2) % UNIT;
    int length = name.length + 2 + padding;
    return ByteBuffer.allocate(HEADER + length)
        .putInt(MESSAGE << 24 | length)
        .put((byte) name.length)
        .put(name)
        .put((byte) padding)
        .array();
  }

  /** The protocol that a message names; empty: none. */
  static Optional<String> protocol(byte[] message) throws TlsFatalAlert {
    int name = message.length > HEADER ? message[HEADER] & 0xFF : -1;
    int padding = HEADER + 1 + name;
    if (name < 0
        || padding >= message.length
        || padding + 1 + (message[padding] & 0xFF) != message.length) {
      throw new TlsFatalAlert(AlertDescription.decode_error);
    }
    return Optional.of(new String(message, HEADER + 1, name, StandardCharsets.UTF_8))
        .filter(text -> !text.isEmpty());
  }

  /**
   * Takes a server's input from where the message begins.
   *
   * @return what has come of it, and what follows it, once it is whole
   */
  @Nullable Received take(byte[] bytes, int offset, int length) throws TlsFatalAlert {
    begun.write(bytes, offset, length);
    byte[] come = begun.toByteArray();
    if (come.length < HEADER) {
      return null;
    }
    int header = ByteBuffer.wrap(come).getInt();
    if (header >>> 24 != MESSAGE) {
      throw new TlsFatalAlert(AlertDescription.unexpected_message);
    }
    int end = HEADER + (header & 0xFFFFFF);
    if (end > HEADER + LONGEST) {
      throw new TlsFatalAlert(AlertDescription.decode_error);
    }
    return come.length < end
        ? null
        : new Received(Arrays.copyOf(come, end), Arrays.copyOfRange(come, end, come.length));
  }

  /** A whole message, and what came behind it. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on within this adapter.
  record Received(byte[] message, byte[] rest) {}

  // --- in place of a message that Bouncy Castle knows

  /** For {@code TlsClientProtocol.sendClientKeyExchange}. */
  static TlsKeyExchange inPlaceOfKeyExchange(byte[] message) {
    return new Substitute(message);
  }

  /** For {@code TlsServerProtocol.sendNewSessionTicketMessage}. */
  static NewSessionTicket inPlaceOfTicket(byte[] message) {
    return new NewSessionTicket(0, TlsUtils.EMPTY_BYTES) {
      @Override
      public void encode(OutputStream output) throws IOException {
        replace(output, message);
      }
    };
  }

  private static void replace(OutputStream output, byte[] message) throws IOException {
    if (!(output instanceof ByteArrayOutputStream whole) || whole.size() != HEADER) {
      throw new TlsFatalAlert(AlertDescription.internal_error, "not the message from its start");
    }
    whole.reset();
    whole.write(message);
  }

  private static final class Substitute extends AbstractTlsKeyExchange {
    private final byte[] message;

    Substitute(byte[] message) {
      super(KeyExchangeAlgorithm.NULL);
      this.message = message;
    }

    @Override
    public void generateClientKeyExchange(OutputStream output) throws IOException {
      replace(output, message);
    }

    @Override
    public void skipServerCredentials() {}

    @Override
    public void processServerCredentials(TlsCredentials credentials) {}

    @Override
    public void processClientCredentials(TlsCredentials credentials) {}

    @Override
    public TlsSecret generatePreMasterSecret() throws TlsFatalAlert {
      throw new TlsFatalAlert(AlertDescription.internal_error);
    }
  }
}
