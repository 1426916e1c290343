package io.tlsport.cli;

import java.util.Map;

/**
 * One cell of the table of pairs.
 *
 * @param server the provider that serves
 * @param client the provider that connects
 * @param protocol the only version that both allow
 * @param key the kind of the server's key
 * @param feature what was tried
 * @param verdict how it came out
 * @param reason why, where it is not ok
 */
record PairCell(
    String server,
    String client,
    String protocol,
    String key,
    String feature,
    Verdict verdict,
    String reason) {
  /** From its members in a report. */
  static PairCell of(Map<?, ?> members) {
    return new PairCell(
        JsonTree.text(members, "server"),
        JsonTree.text(members, "client"),
        JsonTree.text(members, "protocol"),
        JsonTree.text(members, "key"),
        JsonTree.text(members, "feature"),
        Verdict.of(JsonTree.text(members, "outcome")),
        JsonTree.text(members, "reason"));
  }

  /** Its members in a report. */
  Members members() {
    return Members.of("server", server)
        .with("client", client)
        .with("protocol", protocol)
        .with("key", key)
        .with("feature", feature)
        .with("outcome", verdict.word())
        .with("reason", reason.isEmpty() ? null : reason);
  }

  /** What it is about, without how it came out. */
  String name() {
    return client + " to " + server + ", " + protocol + ", " + key + ", " + feature;
  }
}
