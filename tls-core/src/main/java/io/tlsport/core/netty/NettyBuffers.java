package io.tlsport.core.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.tlsport.core.engine.Buffers;
import io.tlsport.core.engine.Slab;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Memory from Netty's pool, and a little that each event loop has ready. */
public final class NettyBuffers implements Buffers {
  /** In one turn: what is read, what is written, and its records. */
  private static final int READY = 3;

  private final ByteBufAllocator allocator;
  private final FastThreadLocal<List<Ready>> heap = ready(false);
  private final FastThreadLocal<List<Ready>> direct = ready(true);

  /** Memory from that allocator. */
  public NettyBuffers(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  public Slab take(int capacity, boolean direct) {
    ByteBuf buf = direct ? allocator.directBuffer(capacity) : allocator.heapBuffer(capacity);
    return new NettySlab(buf);
  }

  private FastThreadLocal<List<Ready>> ready(boolean outside) {
    return new FastThreadLocal<>() {
      @Override
      protected List<Ready> initialValue() {
        return Stream.generate(() -> new Ready(outside)).limit(READY).toList();
      }
    };
  }

  @Override
  public Slab brief(int capacity, boolean outside) {
    // Of other threads there may be any number, each for a single handshake.
    if (!(Thread.currentThread() instanceof FastThreadLocalThread)) {
      return take(capacity, outside);
    }
    List<Ready> mine = (outside ? direct : heap).get();
    for (int i = 0; i < READY; i++) {
      Ready one = mine.get(i);
      if (capacity <= LARGE && one.lend()) {
        return one;
      }
    }
    return take(capacity, outside);
  }

  /** A slab that can leave through a channel. */
  interface Sendable extends Slab {
    /** What was filled in, as a message; the slab is given back by that. */
    ByteBuf toMessage();
  }

  /** Memory that one thread lends again and again; it may come back on any thread. */
  private final class Ready implements Sendable {
    private final AtomicBoolean lent = new AtomicBoolean();
    private final boolean outside;
    private @Nullable ByteBuffer bytes;
    private @Nullable ByteBuffer shown;

    Ready(boolean outside) {
      this.outside = outside;
    }

    boolean lend() {
      return !lent.get() && lent.compareAndSet(false, true);
    }

    @Override
    public ByteBuffer bytes() {
      ByteBuffer made = bytes;
      if (made == null) {
        made = outside ? ByteBuffer.allocateDirect(LARGE) : ByteBuffer.allocate(LARGE);
        bytes = made;
      }
      return made;
    }

    /** The same object each time, as it was when it was new. */
    @Override
    public ByteBuffer shown() {
      ByteBuffer from = bytes();
      ByteBuffer view = shown;
      if (view == null) {
        view = from.asReadOnlyBuffer();
        shown = view;
      }
      return view.clear().limit(from.limit()).position(from.position()).order(ByteOrder.BIG_ENDIAN);
    }

    @Override
    public void release() {
      lent.set(false);
    }

    @Override
    public ByteBuf toMessage() {
      ByteBuffer filled = bytes().flip();
      ByteBuf message = allocator.directBuffer(filled.remaining());
      message.writeBytes(filled);
      release();
      return message;
    }
  }

  /** A slab of the pool, which can leave without being copied here. */
  static final class NettySlab implements Sendable {
    private final ByteBuf buf;
    private final ByteBuffer bytes;

    private NettySlab(ByteBuf buf) {
      this.buf = buf;
      this.bytes = buf.nioBuffer(0, buf.capacity());
    }

    @Override
    public ByteBuffer bytes() {
      return bytes;
    }

    @Override
    public void release() {
      buf.release();
    }

    /**
     * What was filled in, as a message for a channel. Large memory that holds little is exchanged
     * for a fitting copy, so that a slow peer does not cost more than its data.
     */
    @Override
    public ByteBuf toMessage() {
      int size = bytes.position();
      buf.writerIndex(size);
      if (buf.isDirect() && size < buf.capacity() / 4) {
        ByteBuf fitting = buf.alloc().directBuffer(size);
        fitting.writeBytes(buf);
        buf.release();
        return fitting;
      }
      return buf;
    }
  }
}
