package io.tlsport.core.sharing;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SharedSessions;
import io.tlsport.SharedSessionsOptions;
import io.tlsport.TicketKeySource;
import io.tlsport.TlsListener;
import io.tlsport.spi.SharedPlace;
import io.tlsport.spi.SharedPlaceFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Opens the places that sessions are shared by.
 *
 * @param clock the time by which keys rotate and sessions end
 * @param random for keys
 * @param observers told what happens
 */
public record SharedPlaces(InstantSource clock, SecureRandom random, List<TlsListener> observers) {
  private static final String MEMORY = "memory";
  private static final String FOLDER = "dir:";

  /** Keeps a copy of the observers. */
  public SharedPlaces {
    observers = List.copyOf(observers);
  }

  /** Keys of this process, for servers that share without being told to. */
  public TicketKeySource ownKeys() {
    return new RotatingKeys(RotatingKeys.DEFAULT, clock, random, () -> {});
  }

  /**
   * Opens the place that is named, and waits for its keys.
   *
   * @throws ConfigurationException if there is none of that name, or it cannot be used
   */
  public SharedSessions open(SharedSessionsOptions options) {
    if (options.place().equals(MEMORY)) {
      return new DefaultSharedSessions(new MemoryPlace(clock), options, clock, random, observers);
    }
    DefaultSharedSessions opened =
        new DefaultSharedSessions(place(options), options, clock, random, observers);
    opened.start();
    return opened;
  }

  private SharedPlace place(SharedSessionsOptions options) {
    String name = options.place();
    if (name.startsWith(FOLDER) && name.length() > FOLDER.length()) {
      return FolderPlace.open(name.substring(FOLDER.length()), clock);
    }
    List<SharedPlaceFactory> factories = factories();
    return factories.stream()
        .filter(factory -> factory.opens(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, factories))
        .open(name, options.answerTimeout());
  }

  private static List<SharedPlaceFactory> factories() {
    List<SharedPlaceFactory> found = new ArrayList<>();
    ServiceLoader.load(SharedPlaceFactory.class, SharedPlaces.class.getClassLoader())
        .forEach(found::add);
    if (found.isEmpty()) {
      ServiceLoader.load(SharedPlaceFactory.class).forEach(found::add);
    }
    return found;
  }

  /** Names the kind alone: what follows may hold a password. */
  private static ConfigurationException unknown(String name, List<SharedPlaceFactory> factories) {
    int colon = name.indexOf(':');
    String others =
        factories.isEmpty()
            ? ", or put tlsport-redis on the class path for Redis"
            : factories.stream()
                .map(factory -> " or " + factory.form())
                .collect(Collectors.joining());
    return new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        "\""
            + (colon < 0 ? name : name.substring(0, colon + 1))
            + "\" is no place to share sessions by; use memory, dir:PATH"
            + others);
  }
}
