package io.tlsport.redis;

import io.lettuce.core.RedisURI;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.spi.SharedPlace;
import io.tlsport.spi.SharedPlaceFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Places in Redis 6 or newer, or in what speaks its protocol: {@code
 * redis://[[USER:]PASSWORD@]HOST[:PORT][/DATABASE]}, with {@code rediss} over TLS.
 */
public final class RedisPlaceFactory implements SharedPlaceFactory {
  private static final String FORM = "redis://HOST:PORT";

  @Override
  public String form() {
    return FORM;
  }

  @Override
  public boolean opens(String place) {
    return place.startsWith("redis://") || place.startsWith("rediss://");
  }

  @Override
  public SharedPlace open(String place, Duration answerTimeout) {
    return new RedisPlace(address(place), answerTimeout);
  }

  /** What is wrong is not quoted, nor kept as the cause: there may be a password in it. */
  private static RedisURI address(String place) {
    try {
      // Lettuce takes what is none for the name of a host.
      if (new URI(place).parseServerAuthority().getHost() != null) {
        return RedisURI.create(place);
      }
    } catch (URISyntaxException | RuntimeException malformed) {
      throw malformed();
    }
    throw malformed();
  }

  private static ConfigurationException malformed() {
    return new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        "the address of Redis is malformed; use redis://[[USER:]PASSWORD@]HOST[:PORT][/DATABASE],"
            + " percent-encoded where an address has to be, or rediss:// for TLS");
  }
}
