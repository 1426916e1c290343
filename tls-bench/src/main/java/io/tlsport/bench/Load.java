package io.tlsport.bench;

/** Clients that keep a server busy while it is measured. */
interface Load {
  /** Begins, or goes on. */
  void start();

  /** Stops; waits until what is on its way has arrived, as far as it is counted here. */
  void stop();

  /** How many operations are complete. */
  long operations();

  /** Throws what has failed since the start. */
  void check();

  /** How many of them resumed a session. */
  default long resumed() {
    return 0;
  }
}
