package io.tlsport.core.engine;

import io.tlsport.core.fixtures.ManualLoop;
import io.tlsport.core.fixtures.NullEngine;
import java.util.Arrays;

/** A client and a server over one wire, which hands on in pieces as small as the test wants. */
final class Link {
  final ManualLoop loop = new ManualLoop();
  final Side client;
  final Side server;
  private final int piece;

  Link(NullEngine.Traits traits, Side.Options options, int piece) {
    this.client = new Side(loop, true, traits, options);
    this.server = new Side(loop, false, traits, options);
    this.piece = piece;
  }

  /** A link with the usual options in whole pieces. */
  static Link of(NullEngine.Traits traits) {
    return new Link(traits, Side.Options.usual(), Integer.MAX_VALUE);
  }

  /** Both sides secure, and flowing. */
  Link open() {
    server.startServer();
    client.startClient();
    move();
    client.driver.flowing(true);
    server.driver.flowing(true);
    move();
    return this;
  }

  /** Lets both sides work until nothing moves any more. */
  void move() {
    boolean moved;
    do {
      loop.run();
      boolean there = carry(client, server);
      boolean back = carry(server, client);
      moved = there || back;
    } while (moved);
    loop.run();
  }

  private boolean carry(Side from, Side to) {
    byte[] bytes = from.takeWire();
    int at = 0;
    while (at < bytes.length && !to.gone) {
      int next = piece > bytes.length - at ? bytes.length : at + piece;
      to.receive(Arrays.copyOfRange(bytes, at, next));
      loop.run();
      at = next;
    }
    boolean ended = from.sendsEnd() && !from.endCarried;
    if (ended) {
      from.endCarried = true;
      if (!to.gone) {
        to.driver.transportEnded();
      }
    }
    if (from.sendsEnd() && to.sendsEnd()) {
      from.gone();
      to.gone();
    }
    return bytes.length > 0 || ended;
  }
}
