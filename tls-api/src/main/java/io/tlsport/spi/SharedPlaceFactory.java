package io.tlsport.spi;

import java.time.Duration;

/** Opens places of one kind. Found by {@link java.util.ServiceLoader}. */
public interface SharedPlaceFactory {
  /** How its places are written, for messages: {@code redis://HOST:PORT}. */
  String form();

  /** Whether that text means one of its places. */
  boolean opens(String place);

  /**
   * Opens a place. Returns at once; one that is away fails its stages, until it is back.
   *
   * @param place the text, which may hold a password
   * @param answerTimeout how long it may take to answer
   * @throws io.tlsport.ConfigurationException if the text is malformed; the message has no password
   */
  SharedPlace open(String place, Duration answerTimeout);
}
