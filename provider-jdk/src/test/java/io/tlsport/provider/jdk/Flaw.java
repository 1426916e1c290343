package io.tlsport.provider.jdk;

/** What is wrong with a provider, and the rule that finds it. */
enum Flaw {
  /** It negotiates one version and tells another. */
  TELLS_THE_NEWEST_VERSION("1.1"),
  /** What its engine throws is the same to it. */
  EXPLAINS_NOTHING("1.3"),
  /** It tells a suite that it knows by heart. */
  TELLS_A_SUITE_BY_HEART("1.10"),
  /** The last byte of each record that it reads is another one. */
  CHANGES_A_BYTE("2.1"),
  /** The root comes first. */
  SHOWS_THE_CHAIN_BACKWARDS("5.1"),
  /** The peer's certificates are judged when the handshake is over. */
  ASKS_TOO_LATE("5.8"),
  /** Its clients name no host. */
  FORGETS_THE_NAME("7.1"),
  /** It enables whatever the engine has. */
  HAS_SUITES_OF_ITS_OWN("15.1"),
  /** Every session comes twice. */
  TELLS_SESSIONS_TWICE("18.18");

  private final String rule;

  Flaw(String rule) {
    this.rule = rule;
  }

  /** The number of the rule that it breaks. */
  String rule() {
    return rule;
  }
}
