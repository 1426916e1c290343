package io.tlsport;

/**
 * A bound or remote address, as the seed's {@code address()} returns it.
 *
 * @param address the numeric text, for example {@code 127.0.0.1}; a path for a Unix socket
 * @param family {@code IPv4}, {@code IPv6} or {@code Unix}
 * @param port 0 to 65535; 0 for a Unix socket
 */
public record Address(String address, String family, int port) {}
