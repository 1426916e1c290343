package io.tlsport.core.engine;

import java.util.Locale;

/** How far a connection has come. */
enum Phase {
  /** Nothing was started. */
  NEW("nothing was started"),
  /** A server reads the ClientHello. */
  GATE("no complete ClientHello came"),
  /** A server waits for the application's answer to the ClientHello, or to an identity. */
  CHOICE("a callback of the application has not answered"),
  /** The engine shakes hands. */
  HANDSHAKE("the peer did not go on with the handshake"),
  /** The handshake is done, the connection not yet released: nothing passes. */
  HOLD("newSession of the application has not answered"),
  /** The engine shakes hands again: what the application writes waits. */
  RENEGOTIATION("the peer did not go on with the renegotiation"),
  /** Data flows. */
  OPEN(""),
  /** It is over. */
  CLOSED("");

  private final String waitsFor;

  Phase(String waitsFor) {
    this.waitsFor = waitsFor;
  }

  /** Its name, for people. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a connection that stands still in this phase waits for. */
  String waitsFor() {
    return waitsFor;
  }
}
