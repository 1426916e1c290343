package io.tlsport.core.runtime;

import io.tlsport.ClientAuth;
import io.tlsport.ServerIdentityCheck;
import io.tlsport.core.engine.EngineStart;
import io.tlsport.core.policy.sni.ServerName;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.Role;
import java.util.List;
import java.util.Optional;

/**
 * What a client connection asks of its engine.
 *
 * @param context identity, trust and algorithms
 * @param sni the name that is sent; empty for addresses
 * @param identity the host that the certificate has to name
 * @param check decides whether it does
 * @param alpn the protocols to offer
 * @param reject an unauthorized server is cut off
 */
record ClientConnector(
    DefaultSecureContext context,
    Optional<String> sni,
    String identity,
    ServerIdentityCheck check,
    List<String> alpn,
    boolean reject) {

  /**
   * For a server that is reached as {@code host}.
   *
   * @param servername named in place of the host
   */
  static ClientConnector of(
      DefaultSecureContext context,
      String host,
      Optional<String> servername,
      ServerIdentityCheck check,
      List<String> alpn,
      boolean reject) {
    String name = servername.orElse(host);
    return new ClientConnector(context, ServerName.ofHost(name), name, check, alpn, reject);
  }

  /** Tells what is known before the engine is made. */
  void tell(EngineFacts facts) {
    sni.ifPresent(facts::servername);
    facts.identity(context, firstIdentity());
  }

  EngineStart start(EngineFactory engines) {
    DefaultSecureContext.Algorithms algorithms = context.algorithms();
    EngineSpec spec =
        EngineSpec.builder()
            .versions(algorithms.versions())
            .suites(algorithms.suites())
            .groups(algorithms.groups())
            .identity(firstIdentity())
            .sni(sni)
            .alpn(alpn)
            .resumption(Resumption.never())
            .build();
    return engines.start(
        context,
        Role.CLIENT,
        ClientAuth.NONE,
        spec,
        PeerJudge.ofServer(context.verifier(), identity, check, reject));
  }

  private Optional<Identity> firstIdentity() {
    return context.identities().stream().findFirst();
  }
}
