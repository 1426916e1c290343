package io.tlsport.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A server that is another program, whose main thread does the work. */
final class ProcessServer implements MeasuredServer {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Child child;
  private final int port;
  private final LongSupplier cpu;

  private ProcessServer(Child child, int port, LongSupplier cpu) {
    this.child = child;
    this.port = port;
    this.cpu = cpu;
  }

  /** A server in Java, in a JVM of its own. */
  static ProcessServer jvm(Contestant contestant, Row row, Identities identities) {
    Child child = new Child(PeerProgram.command(contestant, row, identities, List.of(), ""));
    return new ProcessServer(
        child, (int) child.awaits("PORT"), () -> child.threadNanos("tlsport-loop"));
  }

  /** Node's {@code tls}. */
  static ProcessServer node(Row row, Identities identities) {
    Child child = new Child(nodeCommand(row, identities, ""));
    return new ProcessServer(child, (int) child.awaits("PORT"), child::mainThreadNanos);
  }

  /** What starts Node's server, or its clients of that port. */
  static List<String> nodeCommand(Row row, Identities identities, String port) {
    Path script = identities.folder().resolve("peer.js");
    try (InputStream source = ProcessServer.class.getResourceAsStream("peer.js")) {
      if (source == null) {
        throw new IllegalStateException("peer.js is missing in this jar");
      }
      Files.write(script, source.readAllBytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Work work = row.work();
    return List.of(
        "node",
        "--expose-gc",
        script.toString(),
        role(work),
        Integer.toString(work.chunk()),
        row.version().id(),
        identities.keyFile(row.key()).toString(),
        identities.chainFile(row.key()).toString(),
        Clients.SUITE_13 + ":" + Clients.SUITES,
        Clients.GROUPS,
        identities.authorityFile().toString(),
        port);
  }

  private static String role(Work work) {
    if (work == Work.CLIENT) {
      return "client";
    }
    if (work.echoes()) {
      return "echo";
    }
    if (work.answers()) {
      return "answer";
    }
    return work.receives() ? "receive" : "send";
  }

  /** Whether OpenSSL's {@code s_server}, which serves one client after the other, does that. */
  static boolean opensslServes(Row row) {
    return row.work().connects() || (row.work() == Work.ECHO && row.connections() == 1);
  }

  /** OpenSSL's {@code s_server}, which answers lines backwards. */
  static ProcessServer openssl(Row row, Identities identities) {
    int port = freePort();
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_server", "-quiet", "-rev", "-accept"));
    command.add("127.0.0.1:" + port);
    command.addAll(List.of("-key", identities.keyFile(row.key()).toString()));
    command.addAll(List.of("-cert", identities.chainFile(row.key()).toString()));
    command.addAll(List.of("-cipher", Clients.SUITES, "-ciphersuites", Clients.SUITE_13));
    command.addAll(List.of("-groups", Clients.GROUPS));
    command.add(row.version().id().equals("TLSv1.3") ? "-tls1_3" : "-tls1_2");
    Child child = new Child(command);
    ProcessServer server = new ProcessServer(child, port, child::mainThreadNanos);
    server.awaitListening();
    return server;
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void awaitListening() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    while (true) {
      try (Socket probe = new Socket()) {
        probe.connect(address);
        return;
      } catch (IOException early) {
        if (System.nanoTime() > end) {
          child.kill();
          throw new UncheckedIOException("it does not listen", early);
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public long cpuNanos() {
    return cpu.getAsLong();
  }

  @Override
  public void close() {
    child.kill();
  }
}
