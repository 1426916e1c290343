/** Meters of TLS in a registry of Micrometer. */
module io.tlsport.micrometer {
  requires transitive io.tlsport;
  requires transitive micrometer.core;
  requires static org.jspecify;

  exports io.tlsport.micrometer;
}
