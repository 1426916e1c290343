package io.tlsport.bench;

import io.tlsport.ProtocolVersion;

/**
 * Two cells that are compared.
 *
 * @param provider of both servers
 * @param version of both
 * @param work that both do
 * @param first what is divided
 * @param second what it is divided by
 */
record Pairing(String provider, ProtocolVersion version, Work work, Cell first, Cell second) {}
