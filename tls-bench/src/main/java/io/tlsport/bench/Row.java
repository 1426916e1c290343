package io.tlsport.bench;

import io.tlsport.ProtocolVersion;
import io.tlsport.testpki.KeyKind;
import java.util.ArrayList;
import java.util.List;

/**
 * What all servers of a row of the table do.
 *
 * @param work of each
 * @param version of all connections
 * @param key of the certificate
 * @param connections how many there are at a time
 */
public record Row(Work work, ProtocolVersion version, KeyKind key, int connections) {
  private static final int CHAINS = 4;
  private static final int MANY = 100;

  /** The whole table. */
  public static List<Row> all() {
    List<Row> rows = new ArrayList<>(handshakes());
    for (Work work :
        List.of(Work.DOWN, Work.LARGE_DOWN, Work.UP, Work.SMALL_DOWN, Work.SMALL_UP, Work.ECHO)) {
      rows.add(flow(work, 1));
    }
    rows.add(flow(Work.ECHO, MANY));
    rows.addAll(clients());
    return List.copyOf(rows);
  }

  /** Its handshakes. */
  public static List<Row> handshakes() {
    return List.of(
        handshake(Work.CONNECT, ProtocolVersion.TLS_1_3, KeyKind.EC_P256),
        handshake(Work.CONNECT, ProtocolVersion.TLS_1_2, KeyKind.EC_P256),
        handshake(Work.CONNECT, ProtocolVersion.TLS_1_3, KeyKind.RSA_2048),
        handshake(Work.CONNECT, ProtocolVersion.TLS_1_2, KeyKind.RSA_2048),
        handshake(Work.RESUME, ProtocolVersion.TLS_1_3, KeyKind.EC_P256),
        handshake(Work.RESUME, ProtocolVersion.TLS_1_2, KeyKind.EC_P256));
  }

  /** What clients do. */
  public static List<Row> clients() {
    return List.of(
        handshake(Work.CLIENT, ProtocolVersion.TLS_1_3, KeyKind.EC_P256),
        handshake(Work.CLIENT, ProtocolVersion.TLS_1_2, KeyKind.EC_P256));
  }

  private static Row handshake(Work work, ProtocolVersion version, KeyKind key) {
    return new Row(work, version, key, CHAINS);
  }

  /** A row whose connections stay. */
  static Row flow(Work work, int connections) {
    return new Row(work, ProtocolVersion.TLS_1_3, KeyKind.EC_P256, connections);
  }

  /** In words. */
  public String text() {
    if (work.connects()) {
      return work.text() + ", " + version + ", " + (isRsa() ? "RSA-2048" : "P-256");
    }
    return work.text() + (connections > 1 ? ", " + connections + " connections" : "");
  }

  /** Whether clients are measured, and not servers. */
  boolean isOfClients() {
    return work == Work.CLIENT;
  }

  /** Whether the certificate is RSA's. */
  boolean isRsa() {
    return key == KeyKind.RSA_2048;
  }
}
