package io.tlsport.core.policy.trace;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Tells line by line what passes over one connection: records of both directions, the handshake
 * messages that are not encrypted, alerts. Content of messages is shown only where it was chosen
 * for that: no key, ticket, random or application data is. Not safe for several threads.
 */
public final class RecordTrace {
  private final DirectionTrace received;
  private final DirectionTrace sent;

  /** A trace that is told from the first byte on. */
  public RecordTrace(Consumer<String> lines) {
    Negotiation negotiation = new Negotiation();
    this.received = new DirectionTrace("received", negotiation, lines);
    this.sent = new DirectionTrace("sent", negotiation, lines);
  }

  /** Bytes came; the position of the buffer moves. */
  public void received(ByteBuffer bytes) {
    received.feed(bytes);
  }

  /** Bytes leave; the position of the buffer moves. */
  public void sent(ByteBuffer bytes) {
    sent.feed(bytes);
  }

  /** What both directions have to know. */
  static final class Negotiation {
    /** In TLS 1.3 a ChangeCipherSpec changes nothing. */
    boolean tls13;
  }
}
