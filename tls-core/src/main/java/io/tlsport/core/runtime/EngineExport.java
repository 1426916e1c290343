package io.tlsport.core.runtime;

import io.tlsport.SocketOptions;
import io.tlsport.core.engine.Buffers;
import io.tlsport.core.engine.Transport;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** What turns a secure context into engines and contexts of JSSE. */
interface EngineExport {
  /**
   * Checks what is asked, and makes an engine.
   *
   * @param context the one for a handshake that begins then
   */
  SSLEngine engine(Supplier<DefaultSecureContext> context, SocketOptions options);

  /** The same as a factory. */
  SSLContext context(Supplier<DefaultSecureContext> context);

  /** Where an engine lives. */
  record Place(EngineLoop loop, Transport transport, Buffers memory, Executor tasks) {}

  /** The connection of an engine whose handshake does not begin yet. */
  DefaultSocket open(Place place, SocketOptions options);

  /** Begins the handshake, on the loop. */
  void begin(
      DefaultSocket socket,
      EngineWish wish,
      SocketOptions options,
      DefaultSecureContext context,
      SSLEngine engine);

  /** The time by which sessions are dated. */
  InstantSource clock();

  /** Asks a selector of JSSE, whose null is a refusal and whose empty text is no protocol. */
  static Optional<String> select(
      @Nullable BiFunction<SSLEngine, List<String>, String> selector,
      SSLEngine engine,
      List<String> offered) {
    return selector == null
        ? Optional.empty()
        : Optional.ofNullable(selector.apply(engine, offered)).filter(one -> !one.isEmpty());
  }
}
