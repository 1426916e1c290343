package io.tlsport.core.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that are made and not yet handed to the transport: several share a slab, so that many
 * small writes of one turn of the loop leave in one piece.
 */
final class Outbound {
  /** So much is copied for less than memory of the pool costs. */
  private static final int SMALL = 2048;

  private final Buffers buffers;
  private boolean direct;
  private final Deque<Slab> full = new ArrayDeque<>(1);
  private @Nullable Slab current;
  private List<Transport.Accepted> waiting = new ArrayList<>();
  private long bytes;

  Outbound(Buffers buffers) {
    this.buffers = buffers;
  }

  /** Which kind of memory the engine wants from now on. */
  void direct(boolean direct) {
    this.direct = direct;
  }

  /** Space for at least {@code min} bytes, to be filled from its position on. */
  ByteBuffer reserve(int min) {
    return reserve(min, min);
  }

  /**
   * The same.
   *
   * @param likely how much of it will be filled
   */
  ByteBuffer reserve(int min, int likely) {
    Slab slab = current;
    if (slab != null && slab.bytes().remaining() >= min) {
      return slab.bytes();
    }
    if (slab != null) {
      full.add(slab);
    }
    boolean first = full.isEmpty() && min <= Records.ENGINE_BUFFER;
    int capacity = first ? Records.ENGINE_BUFFER : Math.max(min, Buffers.LARGE);
    // Direct memory of the pool leaves as it is, unless it holds little; any other is copied for
    // the network.
    Slab next =
        direct && likely > SMALL ? buffers.take(capacity, true) : buffers.brief(capacity, direct);
    next.bytes().clear();
    current = next;
    return next.bytes();
  }

  /** Counts what was put into the reserved space. */
  void produced(int count) {
    bytes += count;
  }

  /** Everything that was ever produced. */
  long total() {
    return bytes;
  }

  /** To be told when everything produced so far has left. */
  void whenAccepted(Transport.Accepted accepted) {
    waiting.add(accepted);
  }

  /** What was produced first and has not been handed on; for looking at it only. */
  ByteBuffer first() {
    Slab slab = full.isEmpty() ? current : full.peek();
    return slab == null ? ByteBuffer.allocate(0) : slab.bytes().duplicate().flip();
  }

  boolean isEmpty() {
    Slab slab = current;
    return full.isEmpty() && (slab == null || slab.bytes().position() == 0) && waiting.isEmpty();
  }

  /** Hands everything to the transport, which is then to be flushed. */
  void drainTo(Transport transport) {
    Slab last = current;
    current = null;
    if (last != null && last.bytes().position() == 0 && (waiting.isEmpty() || !full.isEmpty())) {
      last.release();
      last = full.pollLast();
    }
    for (Slab slab = full.poll(); slab != null; slab = full.poll()) {
      transport.send(slab, null);
    }
    if (last != null) {
      transport.send(last, takeAll());
    }
  }

  private Transport.@Nullable Accepted takeAll() {
    if (waiting.size() < 2) {
      // Nearly every answer is one write.
      return waiting.isEmpty() ? null : waiting.remove(0);
    }
    List<Transport.Accepted> told = takeWaiting();
    return failure -> told.forEach(accepted -> accepted.done(failure));
  }

  /** Drops what is there and tells nobody. */
  void discard() {
    Slab last = current;
    current = null;
    if (last != null) {
      last.release();
    }
    full.forEach(Slab::release);
    full.clear();
  }

  /** Takes those who wait, to be told of a failure. */
  List<Transport.Accepted> takeWaiting() {
    List<Transport.Accepted> told = waiting;
    waiting = new ArrayList<>();
    return told;
  }
}
