package io.tlsport.core.policy.hello;

/** Extension numbers that are looked at (IANA, TLS ExtensionType Values). */
final class Extension {
  static final int SERVER_NAME = 0;
  static final int STATUS_REQUEST = 5;
  static final int SUPPORTED_GROUPS = 10;
  static final int SIGNATURE_ALGORITHMS = 13;
  static final int ALPN = 16;
  static final int SESSION_TICKET = 35;
  static final int PRE_SHARED_KEY = 41;
  static final int SUPPORTED_VERSIONS = 43;
  static final int PSK_KEY_EXCHANGE_MODES = 45;
  static final int SIGNATURE_ALGORITHMS_CERT = 50;
  static final int KEY_SHARE = 51;
  static final int NEXT_PROTOCOL = 13172;
  static final int RENEGOTIATION_INFO = 0xff01;

  private Extension() {}
}
