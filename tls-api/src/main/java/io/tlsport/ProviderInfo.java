package io.tlsport;

/**
 * Who a provider is, and the traits of its engines that decide how they are best driven.
 *
 * @param name the name that users choose it by, for example {@code conscrypt}
 * @param version the vendor's version, for example {@code 2.9.0}
 * @param description one line for people: engine, cryptography and their versions
 * @param directBuffers true if the engine works best on direct buffers, false for heap arrays
 * @param descriptorsPerEngine file descriptors that an engine holds beside the socket's own
 */
public record ProviderInfo(
    String name,
    String version,
    String description,
    boolean directBuffers,
    int descriptorsPerEngine) {}
