package io.tlsport.core.policy.hello;

import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads a ClientHello from TLS records that come in any pieces. Bounded: a hello that is too large,
 * or one that comes in very many records, is refused. Not safe for several threads.
 */
public final class ClientHelloParser {
  /** The most bytes of a hello, unless something else is said. */
  static final int MAX_HELLO = ConnectionLimits.DEFAULT.helloBytes();

  private static final int MAX_RECORD = 16384 + 2048;
  private static final int MAX_RECORDS = 1024;
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;

  /** Most hellos fit; one that is larger gets memory as it comes, not as it announces. */
  private static final int FIRST_SIZE = 2048;

  private final byte[] header = new byte[RECORD_HEADER];
  private final int largest;
  private byte[] message = new byte[FIRST_SIZE];
  private int size;
  private int headerSize;
  private int recordLeft;
  private int records;
  private int wanted = -1;

  /** What is known after some bytes. */
  public sealed interface Result {}

  /** The hello is not complete. */
  public record NeedMore() implements Result {}

  /**
   * The hello is complete.
   *
   * @param hello what the client said
   */
  public record Parsed(ClientHello hello) implements Result {}

  /**
   * This is no hello that can be answered.
   *
   * @param error why
   */
  public record Rejected(HelloError error) implements Result {}

  /** A parser that has seen nothing, with the default limit. */
  public ClientHelloParser() {
    this(MAX_HELLO);
  }

  /**
   * A parser that has seen nothing.
   *
   * @param largest the most bytes of a hello; clients with several key shares send less than 3 KiB
   */
  public ClientHelloParser(int largest) {
    this.largest = largest;
  }

  /** Takes the next bytes; what follows the hello is left in the buffer. Do not go on after. */
  public Result feed(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        if (recordLeft == 0) {
          header(bytes.get());
        } else {
          body(bytes);
          if (isComplete()) {
            return new Parsed(ClientHello.parse(new Wire(message, MESSAGE_HEADER, size)));
          }
        }
      }
      return new NeedMore();
    } catch (HelloException refused) {
      return new Rejected(refused.error());
    }
  }

  private void header(byte next) throws HelloException {
    header[headerSize++] = next;
    if (header[0] != HANDSHAKE) {
      if (headerSize == 1 && PlainStart.of(header, 1).isEmpty()) {
        throw refusedType(header[0] & 0xff);
      }
      checkText();
    } else if (headerSize == 2 && header[1] != 3) {
      throw notTls("the peer does not speak TLS");
    } else if (headerSize == RECORD_HEADER) {
      headerSize = 0;
      startRecord((header[3] & 0xff) << 8 | (header[4] & 0xff));
    }
  }

  private void startRecord(int length) throws HelloException {
    records++;
    if (length > MAX_RECORD) {
      throw new HelloException(
          ErrorCode.ERR_SSL_EXCESSIVE_MESSAGE_SIZE,
          HelloError.RECORD_OVERFLOW,
          "the first record is longer than TLS allows: " + length + " bytes");
    }
    if (length == 0 || records > MAX_RECORDS) {
      throw new HelloException(
          ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
          HelloError.UNEXPECTED_MESSAGE,
          "the ClientHello comes in empty or in too many records");
    }
    recordLeft = length;
  }

  private static HelloException refusedType(int type) {
    if (type == ALERT) {
      return new HelloException(
          ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
          HelloError.NO_ALERT,
          "the peer began with an alert: it gave up before its ClientHello");
    }
    if (type == 20 || type == 23 || type == 24) {
      return new HelloException(
          ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
          HelloError.UNEXPECTED_MESSAGE,
          "the first record is of type " + type + ", which is no handshake");
    }
    return notTls("the peer does not speak TLS, or a version before SSL 3");
  }

  /** What begins like something that is known is read until it is that, or is not. */
  private void checkText() throws HelloException {
    PlainStart start =
        PlainStart.of(header, headerSize).orElseThrow(() -> notTls("the peer does not speak TLS"));
    if (headerSize == PlainStart.LENGTH) {
      throw start.refusal();
    }
  }

  private static HelloException notTls(String message) {
    return new HelloException(ErrorCode.ERR_SSL_WRONG_VERSION_NUMBER, HelloError.NO_ALERT, message);
  }

  private void body(ByteBuffer bytes) throws HelloException {
    if (wanted < 0) {
      take(bytes, MESSAGE_HEADER - size);
      if (size < MESSAGE_HEADER) {
        return;
      }
      wanted = checkMessage(message);
    }
    take(bytes, MESSAGE_HEADER + wanted - size);
  }

  /** As many of them as there are in this record. */
  private void take(ByteBuffer bytes, int most) {
    int count = Math.min(Math.min(most, recordLeft), bytes.remaining());
    if (size + count > message.length) {
      message = Arrays.copyOf(message, Math.max(size + count, 2 * message.length));
    }
    bytes.get(message, size, count);
    size += count;
    recordLeft -= count;
  }

  private int checkMessage(byte[] start) throws HelloException {
    if (start[0] != CLIENT_HELLO) {
      throw new HelloException(
          ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE,
          HelloError.UNEXPECTED_MESSAGE,
          "the first message is of type " + (start[0] & 0xff) + ", which is no ClientHello");
    }
    if (length(start) > largest) {
      throw new HelloException(
          ErrorCode.ERR_SSL_EXCESSIVE_MESSAGE_SIZE,
          HelloError.ILLEGAL_PARAMETER,
          "the ClientHello has " + length(start) + " bytes, more than " + largest);
    }
    return length(start);
  }

  private static int length(byte[] start) {
    return (start[1] & 0xff) << 16 | (start[2] & 0xff) << 8 | (start[3] & 0xff);
  }

  private boolean isComplete() {
    return wanted >= 0 && size == MESSAGE_HEADER + wanted;
  }
}
