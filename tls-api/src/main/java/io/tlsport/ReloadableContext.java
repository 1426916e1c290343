package io.tlsport;

import java.util.function.Consumer;

/**
 * A secure context that can be replaced while servers and clients use it. Give it wherever a {@link
 * SecureContext} is taken; every handshake uses the one that is in force when it begins, and
 * connections that exist go on. Methods may be called on any thread.
 */
public interface ReloadableContext extends SecureContext {
  /** The one that is in force now; immutable. */
  SecureContext current();

  /** The options of the one that is in force now. */
  @Override
  SecureContextOptions options();

  /** Counts the contexts that were in force: 1 for the first. */
  long generation();

  /**
   * Puts another context in force, for all who use this one. It is loaded and checked before, also
   * against what the servers that use this one ask of it: if anything is wrong the old one stays.
   * Ticket keys that were set by {@link Server#setTicketKeys} stay in force unless these options
   * have their own.
   *
   * @return what was replaced
   * @throws ConfigurationException if anything in it is wrong
   * @throws UnsupportedFeatureException if the provider cannot do it
   */
  ContextReload replace(SecureContextOptions options);

  /** Told after each replacement, on the thread that did it. */
  ReloadableContext onReload(Consumer<ContextReload> listener);
}
