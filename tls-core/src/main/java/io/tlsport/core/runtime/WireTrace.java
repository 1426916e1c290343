package io.tlsport.core.runtime;

import io.tlsport.core.engine.Slab;
import io.tlsport.core.engine.Transport;
import io.tlsport.core.policy.trace.RecordTrace;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The trace of one connection, and the transport that it listens at. Off until it is switched on.
 */
final class WireTrace implements Transport {
  private final Transport transport;
  private volatile @Nullable RecordTrace trace;

  WireTrace(Transport transport) {
    this.transport = transport;
  }

  /** From the next byte on, which is the first. */
  void enable(Consumer<String> lines) {
    trace = new RecordTrace(line -> tell(lines, line));
  }

  private void tell(Consumer<String> lines, String line) {
    if (trace == null) {
      return;
    }
    try {
      lines.accept(line);
    } catch (RuntimeException thrown) {
      trace = null;
      System.getLogger("io.tlsport")
          .log(System.Logger.Level.WARNING, "enableTrace: its listener failed: " + thrown);
    }
  }

  /** Bytes came. */
  void received(ByteBuffer bytes) {
    RecordTrace current = trace;
    if (current != null) {
      current.received(bytes.duplicate());
    }
  }

  @Override
  public void send(Slab slab, @Nullable Accepted accepted) {
    RecordTrace current = trace;
    if (current != null) {
      current.sent(slab.bytes().duplicate().flip());
    }
    transport.send(slab, accepted);
  }

  @Override
  public long pending() {
    return transport.pending();
  }

  @Override
  public void flush() {
    transport.flush();
  }

  @Override
  public void read(boolean on) {
    transport.read(on);
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public void abort() {
    transport.abort();
  }
}
