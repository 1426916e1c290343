package io.tlsport;

/**
 * What a server does with a client that names a host for which no context was added, and for which
 * {@code SNICallback}, if there is one, has none either. A client that names no host always gets
 * the server's own context.
 */
public enum UnknownServerName {
  /** The server's own context answers, as in Node: the client may find that its name is wrong. */
  ACCEPT,
  /**
   * The client gets the alert unrecognized_name (RFC 6066 section 3) and no certificate; the server
   * emits {@code clientError} with {@link ErrorCode#ERR_TLS_UNRECOGNIZED_NAME}.
   */
  REFUSE
}
