package io.tlsport.provider.conscrypt;

import io.tlsport.ClientAuth;
import io.tlsport.ProtocolVersion;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Role;
import io.tlsport.spi.SessionMode;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.conscrypt.Conscrypt;

/** An {@link EngineSpec} in Conscrypt's words. */
final class ConscryptEngineConfigurer {
  private ConscryptEngineConfigurer() {}

  static void configure(SSLEngine engine, ContextSpec context, EngineSpec spec) {
    engine.setUseClientMode(context.role() == Role.CLIENT);
    // One object with everything: what it does not say is reset.
    SSLParameters parameters = new GroupParameters(spec.groups());
    List<String> suites = new ArrayList<>(spec.suites());
    List<ProtocolVersion> versions = new ArrayList<>(spec.versions());
    if (context.role() == Role.SERVER) {
      spec.identity().ifPresent(identity -> keepIdentity(identity, suites, versions));
      parameters.setWantClientAuth(spec.clientAuth() != ClientAuth.NONE);
    }
    String[] protocols = new String[versions.size()];
    for (int i = 0; i < protocols.length; i++) {
      protocols[i] = versions.get(i).id();
    }
    parameters.setProtocols(protocols);
    parameters.setCipherSuites(suites.toArray(new String[0]));
    parameters.setApplicationProtocols(spec.alpn().toArray(new String[0]));
    engine.setSSLParameters(parameters);
    if (context.role() == Role.CLIENT) {
      // Not by the parameters: SNIHostName takes no underscore, though hosts have them.
      Conscrypt.setHostname(engine, spec.sni().orElse(null));
    }
    Conscrypt.setUseSessionTickets(
        engine,
        context.role() == Role.CLIENT || (context.sessions() == SessionMode.OWN && !spec.psk()));
  }

  /**
   * Conscrypt looks for a certificate by the suites of TLS 1.2, in TLS 1.3 as well. Where none of
   * them fits the key, TLS 1.2 cannot work anyway: it is switched off, and one that fits is named.
   */
  private static void keepIdentity(
      Identity identity, List<String> suites, List<ProtocolVersion> versions) {
    boolean rsa = identity.certificate().getPublicKey().getAlgorithm().equals("RSA");
    String kind = rsa ? "_RSA_WITH_" : "_ECDSA_WITH_";
    boolean named = false;
    for (String suite : suites) {
      named |= suite.contains(kind);
    }
    if (!named && versions.contains(ProtocolVersion.TLS_1_3)) {
      versions.remove(ProtocolVersion.TLS_1_2);
      suites.add("TLS_ECDHE" + kind + "AES_128_GCM_SHA256");
    }
  }
}
