package io.tlsport.provider.jdk;

import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.spi.URLStreamHandlerProvider;
import org.jspecify.annotations.Nullable;

/** Found by the JVM itself, for the scheme of {@link StapleConnection} alone. */
// jspecify is for the compiler only: `requires static`.
@SuppressWarnings("exports")
public final class StapleHandlers extends URLStreamHandlerProvider {
  /** For the service loader. */
  public StapleHandlers() {}

  @Override
  public @Nullable URLStreamHandler createURLStreamHandler(String protocol) {
    return protocol.equals(StapleConnection.SCHEME) ? new Handler() : null;
  }

  private static final class Handler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new StapleConnection(url);
    }
  }
}
