package io.tlsport.bench;

/** A server that tells what it costs. */
interface MeasuredServer extends Meter {
  /** Where it listens, on 127.0.0.1. */
  int port();
}
