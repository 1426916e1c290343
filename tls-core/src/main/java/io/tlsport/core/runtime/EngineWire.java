package io.tlsport.core.runtime;

import io.tlsport.core.engine.EngineDriver;
import io.tlsport.core.engine.Slab;
import io.tlsport.core.engine.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The transport of an exported engine: what is sent waits until somebody fetches it. */
final class EngineWire implements Transport {
  private final EngineLoop loop;
  private final Deque<Outgoing> outgoing = new ArrayDeque<>();
  private @Nullable EngineDriver driver;
  private boolean closing;
  private boolean over;

  private record Outgoing(Slab slab, ByteBuffer bytes, @Nullable Accepted accepted) {}

  EngineWire(EngineLoop loop) {
    this.loop = loop;
  }

  void bind(EngineDriver engineDriver) {
    driver = engineDriver;
  }

  /** True if there is something to fetch. */
  boolean hasOutgoing() {
    return !outgoing.isEmpty();
  }

  /** Fetches as much as there is room for. */
  int fetch(ByteBuffer target) {
    int before = target.remaining();
    while (target.hasRemaining() && !outgoing.isEmpty()) {
      Outgoing next = outgoing.getFirst();
      ByteBuffer bytes = next.bytes();
      int size = Math.min(bytes.remaining(), target.remaining());
      target.put(bytes.slice(bytes.position(), size));
      bytes.position(bytes.position() + size);
      if (!bytes.hasRemaining()) {
        outgoing.removeFirst();
        next.slab().release();
        accepted(next);
      }
    }
    if (closing && outgoing.isEmpty()) {
      gone();
    }
    return before - target.remaining();
  }

  private static void accepted(Outgoing left) {
    Accepted told = left.accepted();
    if (told != null) {
      told.done(null);
    }
  }

  private void gone() {
    EngineDriver told = driver;
    if (!over && told != null) {
      over = true;
      loop.execute(told::transportClosed);
    }
  }

  @Override
  public void send(Slab slab, @Nullable Accepted accepted) {
    ByteBuffer bytes = slab.bytes().flip();
    if (over || !bytes.hasRemaining()) {
      slab.release();
      if (accepted != null) {
        accepted.done(over ? DefaultSocket.destroyed() : null);
      }
    } else {
      outgoing.add(new Outgoing(slab, bytes, accepted));
    }
  }

  /** Nothing to do: it is fetched. */
  @Override
  public void flush() {}

  @Override
  public long pending() {
    return outgoing.stream().mapToLong(next -> next.bytes().remaining()).sum();
  }

  /** Nothing to do: what is not to be read is not given. */
  @Override
  public void read(boolean on) {}

  @Override
  public void close() {
    closing = true;
    if (outgoing.isEmpty()) {
      gone();
    }
  }

  @Override
  public void abort() {
    outgoing.forEach(next -> next.slab().release());
    outgoing.clear();
    gone();
  }
}
