package io.tlsport.core.policy.trace;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.AlertCodes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Consumer;

/** One direction of a {@link RecordTrace}: bytes in any pieces become records and messages. */
final class DirectionTrace {
  private static final int HEADER = 5;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int HEARTBEAT = 24;

  /** What RFC 5246 allows a record beyond its plaintext. */
  private static final int LONGEST = 16384 + 2048;

  /** No handshake message is kept beyond this. */
  private static final int LONGEST_MESSAGE = 64 * 1024;

  private final String direction;
  private final RecordTrace.Negotiation negotiation;
  private final Consumer<String> lines;
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();
  private final ByteArrayOutputStream handshake = new ByteArrayOutputStream();
  private int length;
  private boolean encrypted;
  private boolean lost;

  DirectionTrace(String direction, RecordTrace.Negotiation negotiation, Consumer<String> lines) {
    this.direction = direction;
    this.negotiation = negotiation;
    this.lines = lines;
  }

  void feed(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !lost) {
      take(bytes, HEADER);
      if (record.size() == HEADER && !header()) {
        return;
      }
      if (record.size() >= HEADER) {
        take(bytes, HEADER + length);
        if (record.size() == HEADER + length) {
          whole(record.toByteArray());
          record.reset();
        }
      }
    }
  }

  private void take(ByteBuffer bytes, int upTo) {
    int count = Math.min(bytes.remaining(), upTo - record.size());
    if (count > 0) {
      byte[] taken = new byte[count];
      bytes.get(taken);
      record.write(taken, 0, count);
    }
  }

  /** Looks at a header; false if it is none, after which there is nothing to go by. */
  private boolean header() {
    byte[] head = record.toByteArray();
    int type = head[0] & 0xff;
    length = ByteBuffer.wrap(head).getShort(3) & 0xffff;
    lost = type < CHANGE_CIPHER_SPEC || type > HEARTBEAT || length > LONGEST;
    if (lost) {
      lines.accept(direction + " bytes that are no TLS record: the trace ends here");
    }
    return !lost;
  }

  private void whole(byte[] bytes) {
    int type = bytes[0] & 0xff;
    boolean hidden = encrypted || type == APPLICATION_DATA;
    lines.accept(
        direction
            + " "
            + name(type)
            + ", "
            + version(ByteBuffer.wrap(bytes).getShort(1) & 0xffff)
            + ", "
            + length
            + " bytes"
            + (hidden ? ", encrypted" : ""));
    if (hidden) {
      return;
    }
    switch (type) {
      case CHANGE_CIPHER_SPEC -> encrypted = !negotiation.tls13;
      case ALERT -> alert(bytes);
      case HANDSHAKE -> messages(bytes);
      default -> {
        // Its content says nothing to people.
      }
    }
  }

  private void alert(byte[] bytes) {
    if (length == 2) {
      int description = bytes[HEADER + 1] & 0xff;
      lines.accept(
          "  "
              + (bytes[HEADER] == 1 ? "warning" : "fatal")
              + " "
              + AlertCodes.name(description)
              + " ("
              + description
              + ")");
    }
  }

  private void messages(byte[] bytes) {
    handshake.write(bytes, HEADER, length);
    byte[] all = handshake.toByteArray();
    int at = 0;
    while (all.length - at >= 4) {
      int size = ByteBuffer.wrap(all).getInt(at) & 0xffffff;
      if (size > LONGEST_MESSAGE) {
        lines.accept("  a message of " + size + " bytes, which is not looked at");
        lost = true;
        return;
      }
      if (all.length - at - 4 < size) {
        break;
      }
      lines.accept("  " + HandshakeText.of(ByteBuffer.wrap(all, at, 4 + size), negotiation));
      at += 4 + size;
    }
    handshake.reset();
    handshake.write(all, at, all.length - at);
  }

  private static String name(int type) {
    return switch (type) {
      case CHANGE_CIPHER_SPEC -> "change_cipher_spec";
      case ALERT -> "alert";
      case HANDSHAKE -> "handshake";
      case APPLICATION_DATA -> "application_data";
      default -> "heartbeat";
    };
  }

  private static String version(int code) {
    return ProtocolVersion.byCode(code)
        .map(ProtocolVersion::id)
        .orElse(String.format(Locale.ROOT, "version 0x%04x", code));
  }
}
