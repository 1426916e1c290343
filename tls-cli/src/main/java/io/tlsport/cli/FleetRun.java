package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContext;
import io.tlsport.Tls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One fleet of servers, and what its clients meet. */
final class FleetRun implements AutoCloseable {
  /** What a fleet shares its sessions by. */
  enum Sharing {
    /** Each server has keys of its own. */
    NOTHING("-"),
    /** Ticket keys that rotate. */
    TICKETS("ticket keys"),
    /** Ticket keys that rotate, and do so while the fleet is watched. */
    SHORT_LIVED_TICKETS("ticket keys"),
    /** The sessions themselves, which then have to be bytes. */
    STORE("store");

    private final String text;

    Sharing(String text) {
      this.text = text;
    }

    /** What a provider must be able to do for it. */
    List<Capability> needs() {
      return switch (this) {
        case NOTHING -> List.of(Capability.SESSION_RESUMPTION);
        case TICKETS, SHORT_LIVED_TICKETS ->
            List.of(Capability.SESSION_RESUMPTION, Capability.TICKET_KEYS);
        case STORE ->
            List.of(
                Capability.SESSION_RESUMPTION, Capability.SESSION_STORE, Capability.SESSION_EXPORT);
      };
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Long enough that all have seen the next key, short enough to wait for three of them. */
  static final int KEY_SECONDS = 2;

  private static final int KEYS_DECRYPT_SECONDS = 60;

  private final List<ServerProcess> servers = new ArrayList<>();
  private final FleetClients clients;

  /**
   * A fleet that listens.
   *
   * @param tls of the clients
   * @param context of the clients
   * @param serverOptions what each server is started with
   */
  FleetRun(
      Tls tls, SecureContext context, List<String> serverOptions, int serverCount, int clientCount)
      throws IOException {
    try {
      for (int i = 0; i < serverCount; i++) {
        servers.add(ServerProcess.start(serverOptions));
      }
      List<Integer> ports = servers.stream().map(ServerProcess::port).toList();
      clients = new FleetClients(tls, context, ports, clientCount);
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /** How a server is told what it shares. */
  static List<String> options(Sharing sharing, String place) {
    return switch (sharing) {
      case NOTHING -> List.of();
      case TICKETS -> List.of("--ticket-key-source", place);
      case SHORT_LIVED_TICKETS ->
          List.of(
              "--ticket-key-source",
              place,
              "--keys-issue-for",
              Integer.toString(KEY_SECONDS),
              "--keys-decrypt-for",
              Integer.toString(KEYS_DECRYPT_SECONDS));
      case STORE -> List.of("--session-store", place);
    };
  }

  /** How a server is told its version. */
  static List<String> options(ProtocolVersion version) {
    return List.of("--min-version", version.toString(), "--max-version", version.toString());
  }

  /** The first visit of each client, which has nothing to resume. */
  FleetClients.Count first() throws InterruptedException {
    return clients.visit(1, () -> true);
  }

  /** Visits of clients that have been there. */
  FleetClients.Count visits(int rounds) throws InterruptedException {
    return clients.visit(rounds, () -> true);
  }

  /** Visits until something has happened. */
  FleetClients.Count visitsUntil(BooleanSupplier happened) throws InterruptedException {
    return clients.visit(1, happened);
  }

  /** How often the key of each server has changed at least. */
  int rotations() {
    return servers.stream().mapToInt(ServerProcess::rotations).min().orElse(0);
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
  }
}
