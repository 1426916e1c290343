package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SessionStore;
import java.net.URI;
import java.nio.file.Path;

/** The stores that {@code --session-store} names. */
final class SessionStores {
  private static final String DIR = "dir:";
  private static final String REDIS = "redis://";

  private SessionStores() {}

  /**
   * The store of that name.
   *
   * @throws ConfigurationException if there is none, or its folder cannot be made
   */
  static SessionStore open(String name) {
    if (name.equals("memory")) {
      return new MemorySessions();
    }
    if (name.startsWith(DIR) && name.length() > DIR.length()) {
      return FolderSessions.in(Path.of(name.substring(DIR.length())));
    }
    if (name.startsWith(REDIS)) {
      return redis(name);
    }
    throw unknown(name);
  }

  private static SessionStore redis(String name) {
    URI uri;
    try {
      uri = URI.create(name);
    } catch (IllegalArgumentException malformed) {
      throw unknown(name);
    }
    if (uri.getHost() == null || uri.getUserInfo() != null) {
      throw unknown(name);
    }
    return new RedisSessions(uri.getHost(), uri.getPort() < 0 ? RedisSessions.PORT : uri.getPort());
  }

  private static ConfigurationException unknown(String name) {
    return new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        "--session-store: \"" + name + "\" is no store; use memory, dir:PATH or redis://HOST:PORT");
  }
}
