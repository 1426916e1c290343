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

/** A server of one row in a JVM of its own: what {@link Child} talks to. */
public final class PeerProgram {
  private static final int COLLECTIONS = 3;

  private PeerProgram() {}

  /** What starts it, with options for its JVM. */
  static List<String> command(
      Contestant contestant, Row row, Identities identities, List<String> options) {
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
    command.add(identities.folder().toString());
    return command;
  }

  /**
   * Serves until standard input ends, and answers each line with what the heap holds.
   *
   * @param arguments kind, engine, work, version, key, connections, folder of the certificates
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
    try (MeasuredServer server = contestant.startHere(row, new Identities(Path.of(arguments[6])))) {
      out.println("PORT " + server.port());
      for (int next = System.in.read(); next >= 0; next = System.in.read()) {
        for (int i = 0; i < COLLECTIONS; i++) {
          System.gc();
        }
        out.println("HEAP " + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
    }
    System.exit(0);
  }
}
