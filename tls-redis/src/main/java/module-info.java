/** Sessions and ticket keys that several machines share through Redis. */
@SuppressWarnings("requires-automatic")
module io.tlsport.redis {
  requires io.tlsport;
  requires io.netty.common;
  requires lettuce.core;
  requires static org.jspecify;

  provides io.tlsport.spi.SharedPlaceFactory with
      io.tlsport.redis.RedisPlaceFactory;
}
