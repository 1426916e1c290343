package io.tlsport.provider.jdk;

import io.tlsport.ClientAuth;
import io.tlsport.ProtocolVersion;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;

/** An {@link EngineSpec} in SunJSSE's words. */
final class JdkEngineConfigurer {
  private JdkEngineConfigurer() {}

  static void client(SSLEngine engine, EngineSpec spec) {
    SSLParameters parameters = configure(engine, Role.CLIENT, spec);
    // Always set, also to nothing: otherwise the engine sends what it takes for the peer's host.
    parameters.setServerNames(
        spec.sni().map(name -> List.<SNIServerName>of(new HostName(name))).orElse(List.of()));
    engine.setSSLParameters(parameters);
  }

  /**
   * A server.
   *
   * @param mark what a session must bear to be resumed
   */
  static void server(SSLEngine engine, EngineSpec spec, String mark) {
    SSLParameters parameters = configure(engine, Role.SERVER, spec);
    // Never "need": the core judges, so that the codes are the same on every engine.
    parameters.setWantClientAuth(spec.clientAuth() != ClientAuth.NONE);
    parameters.setEndpointIdentificationAlgorithm(mark);
    engine.setSSLParameters(parameters);
  }

  private static SSLParameters configure(SSLEngine engine, Role role, EngineSpec spec) {
    engine.setUseClientMode(role == Role.CLIENT);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(
        spec.versions().stream().map(ProtocolVersion::id).toArray(String[]::new));
    parameters.setCipherSuites(spec.suites().toArray(new String[0]));
    parameters.setUseCipherSuitesOrder(spec.serverOrder());
    parameters.setApplicationProtocols(spec.alpn().toArray(new String[0]));
    JdkLimits.apply(parameters, role, spec);
    return parameters;
  }

  /** In place of SNIHostName, which takes no underscore, though hosts have them. */
  private static final class HostName extends SNIServerName {
    HostName(String ascii) {
      super(StandardConstants.SNI_HOST_NAME, ascii.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
