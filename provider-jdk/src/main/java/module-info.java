/** The JDK's own engine, SunJSSE, as provider {@code jdk}. */
module io.tlsport.provider.jdk {
  requires io.tlsport;
  requires static org.jspecify;

  provides java.net.spi.URLStreamHandlerProvider with
      io.tlsport.provider.jdk.StapleHandlers;
  provides io.tlsport.spi.TlsProviderFactory with
      io.tlsport.provider.jdk.JdkProviderFactory;
}
