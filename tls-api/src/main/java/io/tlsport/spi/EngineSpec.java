package io.tlsport.spi;

import io.tlsport.ClientAuth;
import io.tlsport.ProtocolVersion;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.DHParameterSpec;
import org.jspecify.annotations.Nullable;

/** What one engine is to do: every decision is taken, names are checked against {@link Offer}. */
public final class EngineSpec {
  private final List<ProtocolVersion> versions;
  private final List<String> suites;
  private final boolean serverOrder;
  private final List<String> groups;
  private final List<String> schemes;
  private final @Nullable DHParameterSpec dhParameters;
  private final @Nullable Identity identity;
  private final ClientAuth clientAuth;
  private final @Nullable String sni;
  private final List<String> alpn;
  private final List<String> npn;
  private final Resumption resumption;
  private final List<byte[]> offeredSessions;
  private final boolean requestOcsp;
  private final byte @Nullable [] staple;
  private final @Nullable X509Certificate stapleIssuer;
  private final boolean keyLog;
  private final boolean psk;
  private final @Nullable String pskHint;

  private EngineSpec(Builder b) {
    this.versions = List.copyOf(b.versions);
    this.suites = List.copyOf(b.suites);
    this.serverOrder = b.serverOrder;
    this.groups = List.copyOf(b.groups);
    this.schemes = List.copyOf(b.schemes);
    this.dhParameters = b.dhParameters;
    this.identity = b.identity;
    this.clientAuth = b.clientAuth;
    this.sni = b.sni;
    this.alpn = List.copyOf(b.alpn);
    this.npn = List.copyOf(b.npn);
    this.resumption = b.resumption;
    this.offeredSessions = List.copyOf(b.offeredSessions);
    this.requestOcsp = b.requestOcsp;
    this.staple = b.staple;
    this.stapleIssuer = b.stapleIssuer;
    this.keyLog = b.keyLog;
    this.psk = b.psk;
    this.pskHint = b.pskHint;
  }

  /** A builder with nothing asked for. */
  public static Builder builder() {
    return new Builder();
  }

  /** Enabled versions, oldest first; never empty. */
  public List<ProtocolVersion> versions() {
    return versions;
  }

  /** Enabled suites by IANA name, most wanted first; never empty. */
  public List<String> suites() {
    return suites;
  }

  /** A server follows its own order of suites rather than the client's. */
  public boolean serverOrder() {
    return serverOrder;
  }

  /** Groups by IANA name, most wanted first; empty: the engine's defaults. */
  public List<String> groups() {
    return groups;
  }

  /** Signature schemes by IANA name, most wanted first; empty: the engine's defaults. */
  public List<String> schemes() {
    return schemes;
  }

  /** What a server uses in DHE suites in place of a group; empty: the groups. */
  public Optional<DHParameterSpec> dhParameters() {
    return Optional.ofNullable(dhParameters);
  }

  /** The identity to show; a server without one can only fail, or take pre-shared keys. */
  public Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  /**
   * A server asks for a certificate unless {@link ClientAuth#NONE}. Never enforced by the engine:
   * the core judges and cuts off.
   */
  public ClientAuth clientAuth() {
    return clientAuth;
  }

  /**
   * On clients the host name to send; empty: none. On servers the one that the client sent: what
   * was negotiated for one name is never resumed for another.
   */
  public Optional<String> sni() {
    return Optional.ofNullable(sni);
  }

  /**
   * On clients the protocols to offer. On servers the one protocol that the core chose from the
   * ClientHello, or empty to answer without ALPN.
   */
  public List<String> alpn() {
    return alpn;
  }

  /**
   * Names for NPN, in TLS 1.2 and before; empty: not used. A server shows them, unless ALPN chose.
   * A client takes the first of the server's that is among them; without one it sends its first,
   * and tells of none.
   */
  public List<String> npn() {
    return npn;
  }

  /** Which session may be resumed. */
  public Resumption resumption() {
    return resumption;
  }

  /**
   * On servers: by what the client wants to resume. In TLS 1.3 its identities, before that its
   * session id and its ticket; empty: by nothing.
   */
  public List<byte[]> offeredSessions() {
    return offeredSessions;
  }

  /** A client asks for a stapled certificate status. */
  public boolean requestOcsp() {
    return requestOcsp;
  }

  /** A server staples this DER response. */
  public Optional<byte[]> staple() {
    return staple == null ? Optional.empty() : Optional.of(staple.clone());
  }

  /** Who issued the certificate that {@link #staple} is about, if that is known. */
  public Optional<X509Certificate> stapleIssuer() {
    return Optional.ofNullable(stapleIssuer);
  }

  /** {@link EngineEvents#keyLog} is wanted. */
  public boolean keyLog() {
    return keyLog;
  }

  /**
   * Suites that take pre-shared keys are among {@link #suites()}, and {@link EngineEvents#pskKey},
   * or {@link EngineEvents#pskIdentity} and {@link EngineEvents#offeredPsk}, are to be asked. A
   * server may have no identity then.
   */
  public boolean psk() {
    return psk;
  }

  /** What a server sends to clients with pre-shared keys. */
  public Optional<String> pskHint() {
    return Optional.ofNullable(pskHint);
  }

  /** Sets what is asked for. */
  public static final class Builder {
    private List<ProtocolVersion> versions =
        List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);
    private List<String> suites = List.of();
    private boolean serverOrder;
    private List<String> groups = List.of();
    private List<String> schemes = List.of();
    private @Nullable DHParameterSpec dhParameters;
    private @Nullable Identity identity;
    private ClientAuth clientAuth = ClientAuth.NONE;
    private @Nullable String sni;
    private List<String> alpn = List.of();
    private List<String> npn = List.of();
    private Resumption resumption = Resumption.never();
    private List<byte[]> offeredSessions = List.of();
    private boolean requestOcsp;
    private byte @Nullable [] staple;
    private @Nullable X509Certificate stapleIssuer;
    private boolean keyLog;
    private boolean psk;
    private @Nullable String pskHint;

    private Builder() {}

    /** Sets {@link EngineSpec#versions()}. */
    public Builder versions(List<ProtocolVersion> versions) {
      this.versions = versions;
      return this;
    }

    /** Sets {@link EngineSpec#suites()}. */
    public Builder suites(List<String> suites) {
      this.suites = suites;
      return this;
    }

    /** Sets {@link EngineSpec#serverOrder()}. */
    public Builder serverOrder(boolean serverOrder) {
      this.serverOrder = serverOrder;
      return this;
    }

    /** Sets {@link EngineSpec#groups()}. */
    public Builder groups(List<String> groups) {
      this.groups = groups;
      return this;
    }

    /** Sets {@link EngineSpec#schemes()}. */
    public Builder schemes(List<String> schemes) {
      this.schemes = schemes;
      return this;
    }

    /** Sets {@link EngineSpec#dhParameters()}. */
    public Builder dhParameters(Optional<DHParameterSpec> parameters) {
      this.dhParameters = parameters.orElse(null);
      return this;
    }

    /** Sets {@link EngineSpec#identity()}. */
    public Builder identity(Optional<Identity> identity) {
      this.identity = identity.orElse(null);
      return this;
    }

    /** Sets {@link EngineSpec#clientAuth()}. */
    public Builder clientAuth(ClientAuth clientAuth) {
      this.clientAuth = clientAuth;
      return this;
    }

    /** Sets {@link EngineSpec#sni()}. */
    public Builder sni(Optional<String> sni) {
      this.sni = sni.orElse(null);
      return this;
    }

    /** Sets {@link EngineSpec#alpn()}. */
    public Builder alpn(List<String> alpn) {
      this.alpn = alpn;
      return this;
    }

    /** Sets {@link EngineSpec#npn()}. */
    public Builder npn(List<String> npn) {
      this.npn = npn;
      return this;
    }

    /** Sets {@link EngineSpec#resumption()}. */
    public Builder resumption(Resumption resumption) {
      this.resumption = resumption;
      return this;
    }

    /** Sets {@link EngineSpec#offeredSessions()}. */
    public Builder offeredSessions(List<byte[]> offered) {
      this.offeredSessions = offered;
      return this;
    }

    /** Sets {@link EngineSpec#requestOcsp()}. */
    public Builder requestOcsp(boolean requestOcsp) {
      this.requestOcsp = requestOcsp;
      return this;
    }

    /** Sets {@link EngineSpec#staple()}. */
    public Builder staple(byte[] staple) {
      this.staple = staple.clone();
      return this;
    }

    /** Sets {@link EngineSpec#stapleIssuer()}. */
    public Builder stapleIssuer(X509Certificate issuer) {
      this.stapleIssuer = issuer;
      return this;
    }

    /** Sets {@link EngineSpec#keyLog()}. */
    public Builder keyLog(boolean keyLog) {
      this.keyLog = keyLog;
      return this;
    }

    /** Sets {@link EngineSpec#psk()}. */
    public Builder psk(boolean psk) {
      this.psk = psk;
      return this;
    }

    /** Sets {@link EngineSpec#pskHint()}. */
    public Builder pskHint(Optional<String> hint) {
      this.pskHint = hint.orElse(null);
      return this;
    }

    /** The finished spec. */
    public EngineSpec build() {
      if (versions.isEmpty() || suites.isEmpty()) {
        throw new IllegalArgumentException("an engine needs a version and a suite");
      }
      return new EngineSpec(this);
    }
  }
}
