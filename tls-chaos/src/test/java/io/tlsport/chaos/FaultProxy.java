package io.tlsport.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire between a client and a server that damages what it carries, in each direction as it is
 * told. A fault sees the bytes of one direction in order, and may end either side of it.
 */
final class FaultProxy implements AutoCloseable {
  private static final int BLOCK = 16 * 1024;

  private final ServerSocket listener;
  private final int target;
  private final Faults toServer;
  private final Faults toClient;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** What is done with a piece of one direction; one for each connection. */
  @FunctionalInterface
  interface Fault {
    /**
     * Forwards what it wants.
     *
     * @param at how many bytes came before
     */
    void carry(long at, byte[] piece, Wire wire) throws IOException;
  }

  /** Makes the fault of a connection. */
  @FunctionalInterface
  interface Faults {
    Fault make();
  }

  /** Both ends of one direction. */
  record Wire(Socket from, Socket to) {
    void send(byte[] bytes, int offset, int length) throws IOException {
      OutputStream out = to.getOutputStream();
      out.write(bytes, offset, length);
    }

    /** Both sides see a reset. */
    void reset() throws IOException {
      to.setSoLinger(true, 0);
      to.close();
      from.setSoLinger(true, 0);
      from.close();
    }
  }

  private FaultProxy(int target, Faults toServer, Faults toClient) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.toServer = toServer;
    this.toClient = toClient;
    start("accepts", this::accept);
  }

  /** A wire to a port of this machine. */
  static FaultProxy to(int port, Faults toServer, Faults toClient) throws IOException {
    return new FaultProxy(port, toServer, toClient);
  }

  int port() {
    return listener.getLocalPort();
  }

  // --- faults

  /** Carries everything. */
  static Fault nothing() {
    return (at, piece, wire) -> wire.send(piece, 0, piece.length);
  }

  /** In pieces of so many bytes. */
  static Fault chop(int size) {
    return (at, piece, wire) -> {
      for (int done = 0; done < piece.length; done += size) {
        wire.send(piece, done, Math.min(size, piece.length - done));
      }
    };
  }

  /** Each piece that much later. */
  static Fault delay(Duration time) {
    return (at, piece, wire) -> {
      long due = System.nanoTime() + time.toNanos();
      for (long left = time.toNanos(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      wire.send(piece, 0, piece.length);
    };
  }

  /** Behind so many bytes nothing more comes, and no end either. */
  static Fault drop(long after) {
    return (at, piece, wire) ->
        wire.send(piece, 0, (int) Math.max(0, Math.min(piece.length, after - at)));
  }

  /** One bit is another one. */
  static Fault corrupt(long place) {
    return (at, piece, wire) -> {
      if (place >= at && place < at + piece.length) {
        piece[(int) (place - at)] ^= 1;
      }
      wire.send(piece, 0, piece.length);
    };
  }

  /** The piece with that byte comes twice. */
  static Fault duplicate(long place) {
    return (at, piece, wire) -> {
      wire.send(piece, 0, piece.length);
      if (place >= at && place < at + piece.length) {
        wire.send(piece, 0, piece.length);
      }
    };
  }

  /** Behind so many bytes both sides see a reset. */
  static Fault reset(long after) {
    return (at, piece, wire) -> {
      drop(after).carry(at, piece, wire);
      if (at + piece.length >= after) {
        wire.reset();
      }
    };
  }

  /** Behind so many bytes the direction ends; the other one goes on. */
  static Fault halfClose(long after) {
    return (at, piece, wire) -> {
      if (at < after) {
        drop(after).carry(at, piece, wire);
        if (at + piece.length >= after) {
          wire.to().shutdownOutput();
        }
      }
    };
  }

  // --- work

  private static void start(String what, Runnable work) {
    Thread thread = new Thread(work, "fault proxy " + what);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        for (Socket socket : List.of(client, server)) {
          socket.setTcpNoDelay(true);
          sockets.add(socket);
        }
        start("to server", () -> carry(new Wire(client, server), toServer.make()));
        start("to client", () -> carry(new Wire(server, client), toClient.make()));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void carry(Wire wire, Fault fault) {
    byte[] space = new byte[BLOCK];
    long at = 0;
    try {
      InputStream in = wire.from().getInputStream();
      for (int count = in.read(space); count >= 0; count = in.read(space)) {
        fault.carry(at, Arrays.copyOf(space, count), wire);
        at += count;
      }
      wire.to().shutdownOutput();
    } catch (IOException gone) {
      close(wire.to());
      close(wire.from());
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // Gone is gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(FaultProxy::close);
  }
}
