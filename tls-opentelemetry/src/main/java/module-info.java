/** Meters of TLS for OpenTelemetry. */
module io.tlsport.opentelemetry {
  requires transitive io.tlsport;
  requires transitive io.opentelemetry.api;
  requires static org.jspecify;

  exports io.tlsport.opentelemetry;
}
