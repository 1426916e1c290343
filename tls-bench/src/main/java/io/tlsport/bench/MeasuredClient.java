package io.tlsport.bench;

/** Clients that tell what they cost: connection after connection, several at a time. */
interface MeasuredClient extends Meter {
  /** Begins. */
  void start();

  /** Makes no more connections, and waits for those that there are, but not for ever. */
  void stop();

  /** Throws what has failed. */
  void check();
}
