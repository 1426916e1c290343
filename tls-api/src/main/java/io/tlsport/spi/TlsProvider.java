package io.tlsport.spi;

import io.tlsport.Capabilities;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A TLS implementation, ready to make engines. It takes no decisions of its own, installs nothing
 * globally that the user has not asked for by {@link ProviderConfig#accelerator}, and may be called
 * by any thread.
 */
public interface TlsProvider extends AutoCloseable {
  /** Who it is and how its engines are best driven. */
  ProviderInfo info();

  /** Whether it can run here; the other methods but {@link #info} may be called only if it can. */
  Availability availability();

  /** Its honest table. */
  Capabilities capabilities();

  /** What its engines really have. */
  Offer offer();

  /**
   * The group of RFC 7919 that a server engine uses in DHE suites for clients that name none.
   * Empty: those of {@link EngineSpec#groups()}, as for others.
   */
  default Optional<String> dheGroupForOldClients() {
    return Optional.empty();
  }

  /** Whether the calling thread would run approved cryptography. */
  FipsStatus fips();

  /**
   * The names of the accelerators that its engines can have; default none. May be asked where the
   * provider is not available.
   */
  default Set<String> accelerators() {
    return Set.of();
  }

  /** The cryptography that goes with it, for keys, stores and certificate paths. */
  JcaServices jca();

  /** Turns what an engine threw into a code, an alert and a sentence. Must not throw. */
  Fault explain(Throwable thrown);

  /**
   * Why its engines cannot show that identity, in a sentence; empty if they can. Asked when a
   * context is made, so that nobody learns it from a failed handshake.
   *
   * @param versions those that the context allows
   * @param groups those that the context allows, by their standard names; empty: the engine's own
   */
  default Optional<String> refusal(
      Identity identity, List<ProtocolVersion> versions, List<String> groups) {
    return Optional.empty();
  }

  /**
   * Why its engines cannot staple a status to that identity, in a sentence; empty if they can.
   * Asked before a server with an {@link io.tlsport.OcspResponder} listens.
   *
   * @param issuer of the certificate; empty: neither the chain nor {@code ca} has it
   */
  default Optional<String> stapleRefusal(Identity identity, Optional<X509Certificate> issuer) {
    return Optional.empty();
  }

  /** Makes what a group of engines shares. */
  EngineContext open(ContextSpec spec);

  @Override
  void close();
}
