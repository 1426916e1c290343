package io.tlsport.bench;

/** Clients that keep a server busy while it is measured. */
interface Load extends AutoCloseable {
  /** Begins, or goes on. */
  void start();

  /** Stops; waits until what is counted has arrived, but not for ever. */
  void stop();

  /** How many connections or round trips are complete, or how many bytes have passed. */
  long units();

  /** Throws what has failed since the start. */
  void check();

  /** How many connections resumed a session. */
  default long resumed() {
    return 0;
  }

  /** How long round trips took. */
  default Latencies latencies() {
    return new Latencies();
  }

  @Override
  void close();
}
