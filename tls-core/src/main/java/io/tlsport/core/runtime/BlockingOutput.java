package io.tlsport.core.runtime;

import io.tlsport.TLSSocket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Writes that return once the transport took the bytes. Closing it ends our side. */
final class BlockingOutput extends OutputStream {
  private final TLSSocket socket;

  BlockingOutput(TLSSocket socket) {
    this.socket = socket;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    await(socket.write(ByteBuffer.wrap(source, offset, length)));
  }

  @Override
  public void close() throws IOException {
    await(socket.end());
  }

  private static void await(CompletionStage<Void> stage) throws IOException {
    try {
      stage.toCompletableFuture().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing");
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw new IOException(cause == null ? failed.getMessage() : cause.getMessage(), cause);
    }
  }
}
