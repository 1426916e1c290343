package io.tlsport.provider.jdk;

import io.tlsport.Capabilities;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderInfo;
import io.tlsport.PskIdentity;
import io.tlsport.spi.Availability;
import io.tlsport.spi.ContextExtension;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.EngineContext;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Fault;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Negotiated;
import io.tlsport.spi.Offer;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The provider {@code jdk} with some flaws. */
record FlawedFactory(Set<Flaw> flaws) implements TlsProviderFactory {
  @Override
  public String name() {
    return JdkProviderFactory.NAME;
  }

  @Override
  public TlsProvider create(ProviderConfig config) {
    return new FlawedProvider(new JdkProviderFactory().create(config), flaws);
  }

  private record FlawedProvider(TlsProvider real, Set<Flaw> flaws) implements TlsProvider {
    @Override
    public ProviderInfo info() {
      return real.info();
    }

    @Override
    public Availability availability() {
      return real.availability();
    }

    @Override
    public Capabilities capabilities() {
      return real.capabilities();
    }

    @Override
    public Offer offer() {
      return real.offer();
    }

    @Override
    public Optional<String> dheGroupForOldClients() {
      return real.dheGroupForOldClients();
    }

    @Override
    public FipsStatus fips() {
      return real.fips();
    }

    @Override
    public Set<String> accelerators() {
      return real.accelerators();
    }

    @Override
    public JcaServices jca() {
      return real.jca();
    }

    @Override
    public Fault explain(Throwable thrown) {
      return flaws.contains(Flaw.EXPLAINS_NOTHING)
          ? Fault.of(ErrorCode.ERR_SSL_PROTOCOL_ERROR, "something is wrong")
          : real.explain(thrown);
    }

    @Override
    public Optional<String> refusal(
        Identity identity, List<ProtocolVersion> versions, List<String> groups) {
      return real.refusal(identity, versions, groups);
    }

    @Override
    public Optional<String> stapleRefusal(Identity identity, Optional<X509Certificate> issuer) {
      return real.stapleRefusal(identity, issuer);
    }

    @Override
    public EngineContext open(ContextSpec spec) {
      return new FlawedContext(real.open(spec), flaws);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private record FlawedContext(EngineContext real, Set<Flaw> flaws) implements EngineContext {
    @Override
    public TlsEngine newEngine(EngineSpec spec, EngineEvents events) {
      TlsEngine engine = real.newEngine(spec, new FlawedEvents(events, flaws));
      return new FlawedEngine(engine, new FlawedSslEngine(engine.ssl(), flaws), flaws);
    }

    @Override
    public <T extends ContextExtension> Optional<T> extension(Class<T> type) {
      return real.extension(type);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private record FlawedEvents(EngineEvents real, Set<Flaw> flaws) implements EngineEvents {
    @Override
    public void session(byte[] id, byte[] data, boolean portable) {
      real.session(id, data, portable);
      if (flaws.contains(Flaw.TELLS_SESSIONS_TWICE)) {
        real.session(id, data, portable);
      }
    }

    @Override
    public void ticket(byte[] ticket) {
      real.ticket(ticket);
    }

    @Override
    public OptionalInt peerCertificates(List<X509Certificate> chain) {
      return flaws.contains(Flaw.ASKS_TOO_LATE)
          ? OptionalInt.empty()
          : real.peerCertificates(chain);
    }

    @Override
    public void keyLog(String line) {
      real.keyLog(line);
    }

    @Override
    public Optional<byte[]> pskKey(byte[] identity) {
      return real.pskKey(identity);
    }

    @Override
    public Optional<byte[]> pskKey() {
      return real.pskKey();
    }

    @Override
    public Optional<PskIdentity> offeredPsk() {
      return real.offeredPsk();
    }

    @Override
    public Optional<PskIdentity> pskIdentity(Optional<byte[]> hint) {
      return real.pskIdentity(hint);
    }
  }

  private record FlawedEngine(TlsEngine real, FlawedSslEngine ssl, Set<Flaw> flaws)
      implements TlsEngine {
    @Override
    public Negotiated negotiated() {
      Negotiated truth = real.negotiated();
      List<X509Certificate> chain = new ArrayList<>(truth.peerChain());
      if (flaws.contains(Flaw.SHOWS_THE_CHAIN_BACKWARDS)) {
        Collections.reverse(chain);
      }
      return new Negotiated(
          flaws.contains(Flaw.TELLS_THE_NEWEST_VERSION) ? ProtocolVersion.TLS_1_3 : truth.version(),
          flaws.contains(Flaw.TELLS_A_SUITE_BY_HEART) ? "TLS_AES_128_CCM_SHA256" : truth.suite(),
          truth.alpn(),
          truth.npn(),
          chain,
          truth.localChain(),
          truth.staple(),
          truth.group(),
          truth.psk());
    }

    @Override
    public <T extends EngineExtension> Optional<T> extension(Class<T> type) {
      return real.extension(type);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
