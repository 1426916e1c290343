package io.tlsport.cli;

import io.tlsport.ConnectOptions;
import io.tlsport.SecureContext;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Threads that connect to one server in all the ways there are, until they are told to end. */
final class SoakClients implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;
  private static final int MOST_BYTES = 64 * 1024;
  private static final int PIECES = 8;
  private static final int PAUSE_MS = 20;

  /** The server waits for the client's end, and a client of TLS 1.2 for the server's. */
  private static final Duration END = Duration.ofMillis(20);

  /** A hello of 400 bytes, of which the rest never comes. */
  private static final byte[] HALF_A_HELLO = {22, 3, 1, 1, -112, 1, 0, 1, -116, 3, 3, 7, 7};

  private static final byte[] NO_TLS = {'G', 'E', 'T', ' ', '/', '\r', '\n', '\r', '\n'};

  private final Tls tls;
  private final SecureContext context;
  private final SecureContext oldContext;
  private final int port;
  private final List<SoakTraffic> kinds;
  private final SoakCount count;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /** One connection, and how long its handshake took. */
  private record Visit(TLSSocket socket, InputStream in, OutputStream out) {}

  /**
   * Clients that have not begun.
   *
   * @param context of the clients
   * @param oldContext the same with TLS 1.2 alone
   * @param kinds what is done in turn
   */
  SoakClients(
      Tls tls,
      SecureContext context,
      SecureContext oldContext,
      int port,
      List<SoakTraffic> kinds,
      SoakCount count) {
    this.tls = tls;
    this.context = context;
    this.oldContext = oldContext;
    this.port = port;
    this.kinds = List.copyOf(kinds);
    this.count = count;
  }

  /** So many of them, each in a thread. */
  void start(int clients, long seed) {
    for (int i = 0; i < clients; i++) {
      int first = i;
      Thread thread =
          new Thread(() -> run(first, new SplittableRandom(seed + first)), "tls-soak-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  private void run(int first, SplittableRandom random) {
    Session[] newest = new Session[1];
    for (int turn = first; end.getCount() > 0; turn++) {
      SoakTraffic kind = kinds.get(turn % kinds.size());
      try {
        count.done(kind, visit(kind, random, newest));
      } catch (TlsException failed) {
        count.failed(kind, failed.code().name());
      } catch (ExecutionException failed) {
        count.failed(
            kind,
            failed.getCause() instanceof TlsException typed
                ? typed.code().name()
                : String.valueOf(failed.getMessage()));
      } catch (IOException failed) {
        count.failed(kind, String.valueOf(failed.getMessage()));
      } catch (TimeoutException late) {
        count.failed(kind, "nothing within " + PATIENCE_MS + " ms");
      } catch (InterruptedException ended) {
        return;
      }
    }
  }

  /** One connection; how many of its bytes were checked. */
  private long visit(SoakTraffic kind, SplittableRandom random, @Nullable Session[] newest)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    if (kind == SoakTraffic.HOSTILE) {
      attack(random);
      return 0;
    }
    byte[] data = new byte[1 + random.nextInt(MOST_BYTES)];
    random.nextBytes(data);
    Visit visit = connect(kind, newest);
    try {
      switch (kind) {
        case ABORTED -> visit.out().write(data, 0, data.length / 2);
        case SLOW -> pieces(visit, data);
        case RENEGOTIATED -> {
          echo(visit, data);
          await(visit.socket().renegotiate());
          echo(visit, data);
        }
        default -> echo(visit, data);
      }
      if (kind.isHonest()) {
        await(visit.socket().end());
      }
    } finally {
      visit.socket().destroy();
    }
    return kind.isHonest() ? data.length : 0;
  }

  private Visit connect(SoakTraffic kind, @Nullable Session[] newest)
      throws ExecutionException, TimeoutException, InterruptedException {
    ConnectOptions.Builder options =
        ConnectOptions.builder()
            .host("127.0.0.1")
            .port(port)
            .servername("localhost")
            .closeTimeout(END)
            .secureContext(kind == SoakTraffic.RENEGOTIATED ? oldContext : context);
    Session session = newest[0];
    if (kind == SoakTraffic.RESUMED && session != null) {
      options.session(session);
    }
    long began = System.nanoTime();
    TLSSocket socket = tls.connect(options.build());
    if (kind == SoakTraffic.FULL || kind == SoakTraffic.RESUMED) {
      socket.onSession(made -> newest[0] = made);
    }
    await(socket.secured());
    count.secured(System.nanoTime() - began);
    return new Visit(socket, socket.inputStream(), socket.outputStream());
  }

  private static void echo(Visit visit, byte[] data) throws IOException {
    visit.out().write(data);
    check(data, visit.in().readNBytes(data.length));
  }

  private void pieces(Visit visit, byte[] data) throws IOException, InterruptedException {
    int size = data.length / PIECES + 1;
    boolean ended = false;
    for (int at = 0; at < data.length; at += size) {
      visit.out().write(data, at, Math.min(size, data.length - at));
      // A pause that the end of the soak cuts short.
      ended = end.await(ended ? 0 : PAUSE_MS, TimeUnit.MILLISECONDS);
    }
    check(data, visit.in().readNBytes(data.length));
  }

  private static void check(byte[] sent, byte[] came) throws IOException {
    if (!MessageDigest.isEqual(digest(sent), digest(came))) {
      throw new IOException(
          "of " + sent.length + " bytes came back " + came.length + ", or other ones");
    }
  }

  private static byte[] digest(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException none) {
      throw new IllegalStateException(none);
    }
  }

  /** Over TCP alone; whatever the server does, it must end the connection or be left. */
  private void attack(SplittableRandom random) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MS);
      OutputStream out = socket.getOutputStream();
      switch (random.nextInt(4)) {
        case 0 -> {
          out.write(NO_TLS);
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        case 1 -> out.write(HALF_A_HELLO);
        case 2 -> {
          byte[] noise = new byte[200];
          random.nextBytes(noise);
          noise[0] = 22;
          noise[1] = 3;
          out.write(noise);
        }
        default -> {
          out.write(HALF_A_HELLO);
          socket.setSoLinger(true, 0);
        }
      }
    } catch (java.net.SocketException cut) {
      // The server had enough first.
    }
  }

  private static <T> T await(CompletionStage<T> stage)
      throws ExecutionException, TimeoutException, InterruptedException {
    return stage.toCompletableFuture().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  /** Each thread finishes its connection. */
  @Override
  public void close() {
    end.countDown();
    for (Thread thread : threads) {
      try {
        thread.join(PATIENCE_MS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      thread.interrupt();
    }
  }
}
