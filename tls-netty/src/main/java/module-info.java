/** TLS over a Netty channel that an application owns. */
module io.tlsport.netty {
  requires transitive io.tlsport;
  requires transitive io.netty.handler;
  requires transitive io.netty.transport;
  requires transitive io.netty.buffer;
  requires io.netty.common;
  requires static org.jspecify;

  exports io.tlsport.netty;
}
