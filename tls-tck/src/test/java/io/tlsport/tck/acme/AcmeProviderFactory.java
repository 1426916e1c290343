package io.tlsport.tck.acme;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import io.tlsport.Support;
import io.tlsport.spi.Availability;
import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Fault;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Negotiated;
import io.tlsport.spi.Offer;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.Role;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.JsseResults;
import io.tlsport.spi.jsse.PeerChecks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;

/** A provider over the JDK's engine that can do little, and says so. */
public final class AcmeProviderFactory implements TlsProviderFactory {
  private static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  @Override
  public String name() {
    return "acme";
  }

  @Override
  public TlsProvider create(ProviderConfig config) {
    return new AcmeProvider();
  }

  private record AcmeProvider() implements TlsProvider {
    @Override
    public ProviderInfo info() {
      return new ProviderInfo("acme", "1.0", "an example", false, 0, Set.copyOf(VERSIONS));
    }

    @Override
    public Availability availability() {
      return Availability.yes();
    }

    @Override
    public Capabilities capabilities() {
      Capabilities.Builder table = Capabilities.builder();
      for (Capability capability : Capability.values()) {
        table.put(capability, Support.no("acme is an example and does not do " + capability));
      }
      return table
          .yes(Capability.TLS_1_2, Capability.TLS_1_3, Capability.SNI, Capability.ALPN)
          .build();
    }

    @Override
    public Offer offer() {
      SSLSocketFactory jvm = (SSLSocketFactory) SSLSocketFactory.getDefault();
      return new Offer(VERSIONS, List.of(jvm.getSupportedCipherSuites()), List.of(), List.of());
    }

    @Override
    public FipsStatus fips() {
      return FipsStatus.none("acme makes no claim");
    }

    @Override
    public JcaServices jca() {
      return JcaServices.jdk();
    }

    @Override
    public Fault explain(Throwable thrown) {
      return Fault.of(ErrorCode.ERR_SSL_PROTOCOL_ERROR, String.valueOf(thrown.getMessage()));
    }

    @Override
    public EngineContext open(ContextSpec spec) {
      PeerChecks checks = new PeerChecks(engine -> engine);
      JsseContexts contexts =
          new JsseContexts(spec, () -> SSLContext.getInstance("TLS"), Optional.empty(), checks);
      return new AcmeContext(spec, contexts, checks);
    }

    @Override
    public void close() {}
  }

  private record AcmeContext(ContextSpec spec, JsseContexts contexts, PeerChecks checks)
      implements EngineContext {
    @Override
    public TlsEngine newEngine(EngineSpec wanted, EngineEvents events) {
      SSLEngine engine = contexts.of(wanted.identity()).createSSLEngine();
      engine.setUseClientMode(spec.role() == Role.CLIENT);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setProtocols(
          wanted.versions().stream().map(ProtocolVersion::id).toArray(String[]::new));
      parameters.setCipherSuites(wanted.suites().toArray(new String[0]));
      parameters.setApplicationProtocols(wanted.alpn().toArray(new String[0]));
      wanted.sni().ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
      engine.setSSLParameters(parameters);
      checks.add(engine, events);
      return new AcmeEngine(engine, checks);
    }

    @Override
    public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  private record AcmeEngine(SSLEngine ssl, PeerChecks checks) implements TlsEngine {
    @Override
    public Negotiated negotiated() {
      return JsseResults.of(ssl, ssl.getApplicationProtocol(), Optional.empty());
    }

    @Override
    public <T extends EngineExtension> Optional<T> extension(Class<T> type) {
      return Optional.empty();
    }

    @Override
    public void close() {
      checks.remove(ssl);
    }
  }
}
