package io.tlsport.cli;

import io.tlsport.ProtocolVersion;

/**
 * What is tried for one cell of the table of pairs.
 *
 * @param server the provider that serves
 * @param client the provider that connects
 * @param version the only version that both allow
 * @param key the kind of both sides' keys
 * @param feature what the connection is about
 */
record PairTrial(
    String server, String client, ProtocolVersion version, PairKey key, PairFeature feature) {
  /** How it came out. */
  PairCell cell(Verdict verdict, String reason) {
    return new PairCell(server, client, version.id(), key.word(), feature.word(), verdict, reason);
  }
}
