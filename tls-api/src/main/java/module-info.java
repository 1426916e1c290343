/** The ports of tlsport: what applications hold and what providers fill in. */
module io.tlsport {
  requires static org.jspecify;

  exports io.tlsport;
  exports io.tlsport.spi;
  exports io.tlsport.spi.jsse;

  uses io.tlsport.spi.TlsProviderFactory;
  uses io.tlsport.spi.TlsRuntimeFactory;
}
