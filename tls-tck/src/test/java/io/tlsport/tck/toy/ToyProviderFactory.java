package io.tlsport.tck.toy;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.util.Set;

/** SunJSSE with as little around it as the SPI allows, and with flaws that can be chosen. */
public record ToyProviderFactory(Capabilities table, Flaw flaw) implements TlsProviderFactory {
  /** What is wrong with it. */
  public enum Flaw {
    /** Nothing. */
    NONE,
    /** It does not tell its engines of the protocols that were asked for. */
    FORGETS_ALPN,
    /** Its clients wait for the server to speak first. */
    HANGS
  }

  /** A toy without a flaw. */
  public static ToyProviderFactory honest() {
    return new ToyProviderFactory(honestTable().build(), Flaw.NONE);
  }

  /** A toy that declares what it does, and has that flaw. */
  public static ToyProviderFactory with(Flaw flaw) {
    return new ToyProviderFactory(honestTable().build(), flaw);
  }

  /** What it really does. */
  public static Capabilities.Builder honestTable() {
    Capabilities.Builder table = Capabilities.builder();
    for (Capability capability : Capability.values()) {
      table.put(capability, Support.no("a toy has no " + capability));
    }
    return table
        .yes(
            Capability.TLS_1_2,
            Capability.TLS_1_3,
            Capability.TLS_1_3_CIPHERS,
            Capability.CLIENT_CIPHER_ORDER,
            Capability.SERVER_CIPHER_ORDER,
            Capability.CLIENT_CERTIFICATES,
            Capability.SNI,
            Capability.ALPN)
        .put(
            Capability.HALF_CLOSE,
            Support.only(Set.of(ProtocolVersion.TLS_1_3), "SunJSSE half closes TLS 1.3 only"));
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public TlsProvider create(ProviderConfig config) {
    return new ToyProvider(table, flaw);
  }
}
