package io.tlsport.tck.toy;

import io.tlsport.Capabilities;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import io.tlsport.spi.Availability;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.Fault;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Offer;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.PeerChecks;
import io.tlsport.tck.toy.ToyProviderFactory.Flaw;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** The provider itself: four questions with short answers, and contexts. */
record ToyProvider(Capabilities capabilities, Flaw flaw) implements TlsProvider {
  @Override
  public ProviderInfo info() {
    return new ProviderInfo(
        "toy",
        "1.0",
        "SunJSSE, for the tests of the kit",
        false,
        0,
        Set.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3));
  }

  @Override
  public Availability availability() {
    return Availability.yes();
  }

  @Override
  public Offer offer() {
    try {
      return new Offer(
          List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3),
          List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()),
          List.of(),
          List.of());
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("the JDK makes no context", failed);
    }
  }

  @Override
  public FipsStatus fips() {
    return FipsStatus.none("a toy");
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
    return new ToyContext(
        spec,
        new JsseContexts(spec, () -> SSLContext.getInstance("TLS"), Optional.empty(), checks),
        checks,
        flaw);
  }

  @Override
  public void close() {}
}
