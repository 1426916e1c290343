package io.tlsport;

import java.util.Set;

/**
 * Who a provider is, and the traits of its engines that decide how they are best driven.
 *
 * @param name the name that users choose it by, for example {@code conscrypt}
 * @param version the vendor's version, for example {@code 2.9.0}
 * @param description one line for people: engine, cryptography and their versions
 * @param directBuffers true if the engine works best on direct buffers, false for heap arrays
 * @param descriptorsPerEngine file descriptors that an engine holds beside the socket's own
 * @param readsAfterEnd versions in which an engine still decrypts after its own close_notify
 */
public record ProviderInfo(
    String name,
    String version,
    String description,
    boolean directBuffers,
    int descriptorsPerEngine,
    Set<ProtocolVersion> readsAfterEnd) {
  /** Keeps a copy of the set. */
  public ProviderInfo {
    readsAfterEnd = Set.copyOf(readsAfterEnd);
  }
}
