package io.tlsport.bench;

import java.util.List;
import java.util.function.LongSupplier;

/** Clients in a process of their own, which begin and end with lines on its standard input. */
final class ProcessClient implements MeasuredClient {
  private final Child child;
  private final LongSupplier cpu;

  private ProcessClient(Child child, LongSupplier cpu) {
    this.child = child;
    this.cpu = cpu;
  }

  /** Clients in Java, in a JVM of their own. */
  static ProcessClient jvm(Contestant contestant, Row row, Identities identities, int port) {
    return started(
        new Child(
            PeerProgram.command(contestant, row, identities, List.of(), Integer.toString(port))),
        child -> () -> child.threadNanos("tlsport-loop"));
  }

  /** Node's {@code tls}. */
  static ProcessClient node(Row row, Identities identities, int port) {
    return started(
        new Child(ProcessServer.nodeCommand(row, identities, Integer.toString(port))),
        child -> child::mainThreadNanos);
  }

  private static ProcessClient started(
      Child child, java.util.function.Function<Child, LongSupplier> cpu) {
    ProcessClient client = new ProcessClient(child, cpu.apply(child));
    child.awaits("READY");
    return client;
  }

  @Override
  public void start() {
    child.tell();
  }

  @Override
  public void stop() {
    child.tell();
    child.awaits("STOPPED");
  }

  @Override
  public void check() {
    child.requireAlive();
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
