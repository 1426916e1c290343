/** The ports of tlsport: what applications hold and what providers fill in. */
module io.tlsport {
  requires static org.jspecify;

  exports io.tlsport;
  exports io.tlsport.spi;

  uses io.tlsport.spi.TlsProviderFactory;
  uses io.tlsport.spi.TlsRuntimeFactory;
}
