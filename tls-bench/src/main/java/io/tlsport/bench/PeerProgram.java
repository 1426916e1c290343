package io.tlsport.bench;

import io.tlsport.ProtocolVersion;
import io.tlsport.testpki.KeyKind;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server of one row, or its clients, in a JVM of its own: what {@link Child} talks to. */
public final class PeerProgram {
  private static final int COLLECTIONS = 3;

  private PeerProgram() {}

  /** What starts it, with options for its JVM; clients of that port. */
  static List<String> command(
      Contestant contestant, Row row, Identities identities, List<String> options, String port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(PeerProgram.class.getName());
    command.addAll(List.of(contestant.kind().name(), contestant.engine()));
    command.addAll(List.of(row.work().name(), row.version().id(), row.key().name()));
    command.add(Integer.toString(row.connections()));
    command.addAll(List.of(identities.folder().toString(), port));
    return command;
  }

  /**
   * Serves until standard input ends, and answers each line with what the heap holds; or has
   * clients begin and stop with each line.
   *
   * @param arguments kind, engine, work, version, key, connections, folder of the certificates,
   *     port of the server for clients
   */
  public static void main(String[] arguments) throws IOException {
    Contestant contestant = new Contestant(Contestant.Kind.valueOf(arguments[0]), arguments[1]);
    Row row =
        new Row(
            Work.valueOf(arguments[2]),
            ProtocolVersion.byId(arguments[3]).orElseThrow(),
            KeyKind.valueOf(arguments[4]),
            Integer.parseInt(arguments[5]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Identities identities = new Identities(Path.of(arguments[6]));
    if (row.isOfClients()) {
      connect(contestant, row, identities, Integer.parseInt(arguments[7]), out);
    } else {
      serve(contestant, row, identities, out);
    }
    System.exit(0);
  }

  private static void serve(Contestant contestant, Row row, Identities identities, PrintStream out)
      throws IOException {
    try (MeasuredServer server = contestant.startHere(row, identities)) {
      out.println("PORT " + server.port());
      for (int next = System.in.read(); next >= 0; next = System.in.read()) {
        for (int i = 0; i < COLLECTIONS; i++) {
          System.gc();
        }
        out.println("HEAP " + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
    }
  }

  private static void connect(
      Contestant contestant, Row row, Identities identities, int port, PrintStream out)
      throws IOException {
    try (MeasuredClient client = contestant.connectHere(row, identities, port)) {
      out.println("READY " + port);
      while (System.in.read() >= 0) {
        client.start();
        if (System.in.read() >= 0) {
          client.stop();
          out.println("STOPPED " + port);
        }
      }
    }
  }
}
