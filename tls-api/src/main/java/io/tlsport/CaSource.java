package io.tlsport;

/** Where root certificates come from: the argument of Node's {@code tls.getCACertificates}. */
public enum CaSource {
  /** Those that a context without {@code ca} trusts: what the builder of {@link Tls} says. */
  DEFAULT,
  /** Those of the JVM: its file {@code lib/security/cacerts}. Node brings Mozilla's instead. */
  BUNDLED,
  /** Those of the operating system; none where it has no store that can be read. */
  SYSTEM,
  /** Those of {@link Tls.Builder#extraCa}: Node takes them from {@code NODE_EXTRA_CA_CERTS}. */
  EXTRA
}
