package io.tlsport;

/** Who has to act on an error: the first thing to branch on. */
public enum Blame {
  /** The application passed something wrong, or called in a wrong order. Never caused by a peer. */
  CALLER,
  /** The peer broke the protocol, or did not meet our policy. */
  PEER,
  /** The network, the operating system or a file. */
  ENVIRONMENT,
  /** The TLS provider, or tlsport itself, misbehaved. */
  PROVIDER
}
