package io.tlsport.spi;

import java.util.Optional;

/** Makes engines that share a {@link ContextSpec}. Safe for any number of threads. */
public interface EngineContext extends AutoCloseable {
  /**
   * Makes one engine. A field of the spec that is not empty and that the provider did not declare
   * never gets here: the core has refused it.
   */
  TlsEngine newEngine(EngineSpec spec, EngineEvents events);

  /** What this context can do beyond making engines. */
  <T extends ContextExtension> Optional<T> extension(Class<T> type);

  /** Makes no further engine; live ones go on, the last one frees what is shared. Idempotent. */
  @Override
  void close();
}
