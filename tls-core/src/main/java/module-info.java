/** The runtime of tlsport: found through {@link io.tlsport.Tls#builder()}. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.tlsport.core {
  requires transitive io.tlsport;
  requires transitive com.google.guice;
  requires jakarta.inject;
  requires jdk.net;
  requires com.github.benmanes.caffeine;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires java.net.http;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports io.tlsport.core.guice;

  uses io.tlsport.spi.SharedPlaceFactory;
  uses io.tlsport.spi.TlsProviderFactory;

  provides io.tlsport.spi.TlsRuntimeFactory with
      io.tlsport.core.runtime.DefaultRuntimeFactory;

  opens io.tlsport.core.runtime to
      com.google.guice;
  opens io.tlsport.core.wiring to
      com.google.guice;
  opens io.tlsport.core.guice to
      com.google.guice;
}
