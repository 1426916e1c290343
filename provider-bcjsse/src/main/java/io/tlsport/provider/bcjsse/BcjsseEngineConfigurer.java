package io.tlsport.provider.bcjsse;

import io.tlsport.ClientAuth;
import io.tlsport.ProtocolVersion;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jsse.BCSNIServerName;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.BCStandardConstants;

/** An {@link EngineSpec} in BC-JSSE's words. */
final class BcjsseEngineConfigurer {
  private BcjsseEngineConfigurer() {}

  static void configure(SSLEngine engine, Role role, EngineSpec spec) {
    engine.setUseClientMode(role == Role.CLIENT);
    BCSSLEngine vendor = (BCSSLEngine) engine;
    BCSSLParameters parameters = vendor.getParameters();
    parameters.setProtocols(
        spec.versions().stream().map(ProtocolVersion::id).toArray(String[]::new));
    parameters.setCipherSuites(spec.suites().toArray(new String[0]));
    parameters.setUseCipherSuitesOrder(spec.serverOrder());
    parameters.setApplicationProtocols(spec.alpn().toArray(new String[0]));
    if (!spec.groups().isEmpty()) {
      parameters.setNamedGroups(spec.groups().toArray(new String[0]));
    }
    if (!spec.schemes().isEmpty()) {
      parameters.setSignatureSchemes(spec.schemes().toArray(new String[0]));
    }
    if (role == Role.CLIENT) {
      parameters.setServerNames(
          spec.sni().map(name -> List.<BCSNIServerName>of(new HostName(name))).orElse(List.of()));
    } else {
      // Never "need": the core judges, so that the codes are the same on every engine.
      parameters.setWantClientAuth(spec.clientAuth() != ClientAuth.NONE);
      BcjsseServerSessions.mark(parameters, spec);
    }
    vendor.setParameters(parameters);
  }

  /** In place of BCSNIHostName, which takes no underscore, though hosts have them. */
  private static final class HostName extends BCSNIServerName {
    HostName(String ascii) {
      super(BCStandardConstants.SNI_HOST_NAME, ascii.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
