package io.tlsport.core.engine;

import io.tlsport.AuthorizationError;
import java.util.Optional;

/**
 * What the core thinks of the peer's certificate.
 *
 * @param authorized it is trusted and, on clients, belongs to the host
 * @param error why it is not, if one was asked for
 * @param reject the connection is to be cut off
 */
public record Verdict(boolean authorized, Optional<AuthorizationError> error, boolean reject) {}
