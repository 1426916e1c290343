package io.tlsport.core.runtime;

import java.util.function.Consumer;

/** Where a server takes one of its contexts from, for each handshake anew. */
sealed interface ContextSource {
  /** The context for a handshake that begins now. */
  DefaultSecureContext current();

  /** How many there were. */
  long generation();

  /** What every later one has to pass. */
  void require(Consumer<DefaultSecureContext> check);

  /** Gives up a check. */
  void release(Consumer<DefaultSecureContext> check);

  /** Always the same. */
  record Fixed(DefaultSecureContext current) implements ContextSource {
    @Override
    public long generation() {
      return 1;
    }

    @Override
    public void require(Consumer<DefaultSecureContext> check) {
      // There are no later ones.
    }

    @Override
    public void release(Consumer<DefaultSecureContext> check) {
      // There was none.
    }
  }

  /** The one that is in force. */
  record Following(DefaultReloadableContext context) implements ContextSource {
    @Override
    public DefaultSecureContext current() {
      return context.inForce();
    }

    @Override
    public long generation() {
      return context.generation();
    }

    @Override
    public void require(Consumer<DefaultSecureContext> check) {
      context.require(check);
    }

    @Override
    public void release(Consumer<DefaultSecureContext> check) {
      context.release(check);
    }
  }
}
