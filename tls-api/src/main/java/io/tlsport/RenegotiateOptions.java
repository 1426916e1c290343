package io.tlsport;

/**
 * What {@link TLSSocket#renegotiate} asks of the new handshake.
 *
 * @param requestCert a server asks the client for a certificate
 * @param rejectUnauthorized an unauthorized peer is cut off
 */
public record RenegotiateOptions(boolean requestCert, boolean rejectUnauthorized) {}
