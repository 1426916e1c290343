package io.tlsport.core.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tlsport.core.engine.Buffers;
import io.tlsport.core.engine.Slab;
import java.nio.ByteBuffer;

/** Memory from Netty's pool. */
public final class NettyBuffers implements Buffers {
  private final ByteBufAllocator allocator;

  /** Memory from that allocator. */
  public NettyBuffers(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  public Slab take(int capacity, boolean direct) {
    ByteBuf buf = direct ? allocator.directBuffer(capacity) : allocator.heapBuffer(capacity);
    return new NettySlab(buf);
  }

  /** A slab that can leave through a channel without being copied here. */
  static final class NettySlab implements Slab {
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
    ByteBuf toMessage() {
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
