package io.tlsport.core.policy.verify;

/** Whom a certificate has to be good for (RFC 5280 section 4.2.1.12). */
public enum Purpose {
  /** Shown by a server. */
  SERVER("1.3.6.1.5.5.7.3.1"),
  /** Shown by a client. */
  CLIENT("1.3.6.1.5.5.7.3.2");

  private final String extendedKeyUsage;

  Purpose(String extendedKeyUsage) {
    this.extendedKeyUsage = extendedKeyUsage;
  }

  String extendedKeyUsage() {
    return extendedKeyUsage;
  }
}
