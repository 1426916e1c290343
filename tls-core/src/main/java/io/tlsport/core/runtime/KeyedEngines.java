package io.tlsport.core.runtime;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SecureContextOptions;
import io.tlsport.TicketKeySource;
import io.tlsport.core.engine.Failures;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.TicketKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An engine context, the only source of its ticket keys, and those that it was told last. */
final class KeyedEngines {
  private final EngineContext engines;
  private final Optional<TicketKeySource> source;
  private List<byte[]> installed = List.of();

  KeyedEngines(EngineContext engines, Optional<TicketKeySource> source) {
    this.engines = engines;
    this.source = source;
  }

  /** The context, with the keys that are in force now. */
  EngineContext current() {
    source.ifPresent(this::install);
    return engines;
  }

  /** Asked and installed in one step: an older list never comes after a newer one. */
  private synchronized void install(TicketKeySource keys) {
    List<byte[]> inForce = inForce(keys);
    if (!isInstalled(inForce)) {
      engines.extension(TicketKeys.class).ifPresent(target -> target.install(inForce));
      installed = inForce;
    }
  }

  private boolean isInstalled(List<byte[]> inForce) {
    return inForce == installed || Arrays.deepEquals(inForce.toArray(), installed.toArray());
  }

  /** What a source says, checked as options are. */
  static List<byte[]> inForce(TicketKeySource source) {
    List<byte[]> given;
    try {
      given = source.ticketKeys();
    } catch (RuntimeException thrown) {
      throw Failures.ofCallback("ticketKeySource", thrown);
    }
    if (given == null || given.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_TLS_CALLBACK, "ticketKeySource of the application gave no key");
    }
    SecureContextOptions.Builder checked = SecureContextOptions.builder();
    given.forEach(checked::ticketKey);
    return checked.build().ticketKeys();
  }

  void close() {
    engines.close();
  }
}
