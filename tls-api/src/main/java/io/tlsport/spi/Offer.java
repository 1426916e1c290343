package io.tlsport.spi;

import io.tlsport.ProtocolVersion;
import java.util.List;

/**
 * What a provider's engines really have on this machine, by IANA names, in the engine's order.
 *
 * @param versions protocol versions that can be enabled in one context
 * @param suites cipher suites
 * @param groups key-exchange groups
 * @param schemes signature schemes, whether they can be chosen or not
 */
public record Offer(
    List<ProtocolVersion> versions,
    List<String> suites,
    List<String> groups,
    List<String> schemes) {
  /** Keeps copies of the lists. */
  public Offer {
    versions = List.copyOf(versions);
    suites = List.copyOf(suites);
    groups = List.copyOf(groups);
    schemes = List.copyOf(schemes);
  }
}
