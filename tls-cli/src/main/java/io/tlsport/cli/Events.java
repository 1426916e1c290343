package io.tlsport.cli;

/** Where a command reports what happens. Safe for any number of threads. */
interface Events {
  /** One event, by the seed's name of it. */
  void emit(String event, Members members);
}
