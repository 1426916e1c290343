package io.tlsport.spi;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What the engines of a context share.
 *
 * @param role the side that they take
 * @param scope digest of listener, host, sessionIdContext, client-certificate policy and trust:
 *     sessions never cross it
 * @param sessions how sessions are kept
 * @param sessionTimeout how long a session is good for
 * @param clock by which sessions age
 * @param identities every identity that an {@link EngineSpec} of this context may name
 * @param authorities whose names a server sends when it asks for a certificate; may be empty
 */
public record ContextSpec(
    Role role,
    String scope,
    SessionMode sessions,
    Duration sessionTimeout,
    InstantSource clock,
    List<Identity> identities,
    List<X509Certificate> authorities) {
  /** Keeps copies of the lists. */
  public ContextSpec {
    identities = List.copyOf(identities);
    authorities = List.copyOf(authorities);
  }
}
