package io.tlsport;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of the seed's {@code tls.createServer(options)}. */
public final class ServerOptions extends ConnectionOptions {
  private final boolean requestCert;
  private final @Nullable SniCallback sniCallback;
  private final UnknownServerName unknownServerName;
  private final @Nullable AlpnCallback alpnCallback;
  private final @Nullable SessionStore sessionStore;
  private final @Nullable TicketKeySource ticketKeySource;
  private final @Nullable OcspResponder ocspResponder;
  private final @Nullable PskCallback pskCallback;
  private final @Nullable String pskIdentityHint;
  private final @Nullable RenegotiationLimits renegotiationLimits;
  private final boolean pauseOnConnect;
  private final PlainHttp plainHttp;
  private final boolean proxyProtocol;
  private final TcpOptions tcp;

  private ServerOptions(Builder b) {
    super(b);
    this.requestCert = b.requestCert;
    this.sniCallback = b.sniCallback;
    this.unknownServerName = b.unknownServerName;
    this.alpnCallback = b.alpnCallback;
    this.sessionStore = b.sessionStore;
    this.ticketKeySource = b.ticketKeySource;
    this.ocspResponder = b.ocspResponder;
    this.pskCallback = b.pskCallback;
    this.pskIdentityHint = b.pskIdentityHint;
    this.renegotiationLimits = b.renegotiationLimits;
    this.pauseOnConnect = b.pauseOnConnect;
    this.plainHttp = b.plainHttp;
    this.proxyProtocol = b.proxyProtocol;
    this.tcp = b.tcp;
  }

  /** A builder with the seed's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code requestCert}: clients are asked for a certificate. */
  public boolean requestCert() {
    return requestCert;
  }

  /** {@code requestCert} and {@code rejectUnauthorized} in one value. */
  public ClientAuth clientAuth() {
    return ClientAuth.of(requestCert, rejectUnauthorized());
  }

  /** {@code SNICallback}. */
  public Optional<SniCallback> sniCallback() {
    return Optional.ofNullable(sniCallback);
  }

  /** What is done with a client that names a host which this server does not have. */
  public UnknownServerName unknownServerName() {
    return unknownServerName;
  }

  /** {@code ALPNCallback}. */
  public Optional<AlpnCallback> alpnCallback() {
    return Optional.ofNullable(alpnCallback);
  }

  /** {@code newSession} and {@code resumeSession}. */
  public Optional<SessionStore> sessionStore() {
    return Optional.ofNullable(sessionStore);
  }

  /** Where ticket keys come from. */
  public Optional<TicketKeySource> ticketKeySource() {
    return Optional.ofNullable(ticketKeySource);
  }

  /** {@code OCSPRequest}. */
  public Optional<OcspResponder> ocspResponder() {
    return Optional.ofNullable(ocspResponder);
  }

  /** {@code pskCallback}. */
  public Optional<PskCallback> pskCallback() {
    return Optional.ofNullable(pskCallback);
  }

  /** {@code pskIdentityHint}. */
  public Optional<String> pskIdentityHint() {
    return Optional.ofNullable(pskIdentityHint);
  }

  /** {@code CLIENT_RENEG_LIMIT} and {@code CLIENT_RENEG_WINDOW}; empty: those of the Tls. */
  public Optional<RenegotiationLimits> renegotiationLimits() {
    return Optional.ofNullable(renegotiationLimits);
  }

  /** {@code pauseOnConnect}: a new socket reads nothing until it is resumed. */
  public boolean pauseOnConnect() {
    return pauseOnConnect;
  }

  /** What is answered to plain HTTP. */
  public PlainHttp plainHttp() {
    return plainHttp;
  }

  /** True if every connection begins with the header of a proxy. */
  public boolean proxyProtocol() {
    return proxyProtocol;
  }

  /** {@code noDelay}, {@code keepAlive} and {@code keepAliveInitialDelay} of its connections. */
  public TcpOptions tcp() {
    return tcp;
  }

  /** Sets options by the seed's names. */
  public static final class Builder extends ConnectionOptions.Builder<Builder> {
    private boolean requestCert;
    private @Nullable SniCallback sniCallback;
    private UnknownServerName unknownServerName = UnknownServerName.ACCEPT;
    private @Nullable AlpnCallback alpnCallback;
    private @Nullable SessionStore sessionStore;
    private @Nullable TicketKeySource ticketKeySource;
    private @Nullable OcspResponder ocspResponder;
    private @Nullable PskCallback pskCallback;
    private @Nullable String pskIdentityHint;
    private @Nullable RenegotiationLimits renegotiationLimits;
    private boolean pauseOnConnect;
    private PlainHttp plainHttp = PlainHttp.CLOSE;
    private boolean proxyProtocol;
    private TcpOptions tcp = TcpOptions.DEFAULT;

    private Builder() {
      super(false);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    Duration defaultCloseTimeout() {
      return DEFAULT_SERVER_CLOSE_TIMEOUT;
    }

    /** Sets {@code requestCert}; default false. */
    public Builder requestCert(boolean request) {
      this.requestCert = request;
      return this;
    }

    /** Sets {@code SNICallback}; default: the contexts of {@link Server#addContext}. */
    public Builder sniCallback(SniCallback callback) {
      this.sniCallback = Arguments.given("sniCallback", callback);
      return this;
    }

    /**
     * Sets what is done with a client that names a host for which there is no context; default
     * {@link UnknownServerName#ACCEPT}. With {@link UnknownServerName#REFUSE} a context is added
     * for every name, also for the server's own.
     */
    public Builder unknownServerName(UnknownServerName policy) {
      this.unknownServerName = Arguments.given("unknownServerName", policy);
      return this;
    }

    /** Sets {@code ALPNCallback}; excludes {@code alpnProtocols}. */
    public Builder alpnCallback(AlpnCallback callback) {
      this.alpnCallback = Arguments.given("alpnCallback", callback);
      return this;
    }

    /** Sets {@code ALPNCallback} with the connection; excludes {@code alpnProtocols}. */
    public Builder alpnCallback(AlpnCallback.ForSocket callback) {
      return alpnCallback(AlpnCallback.of(Arguments.given("alpnCallback", callback)));
    }

    /**
     * Sets the store behind {@code newSession} and {@code resumeSession}; excludes {@code
     * ticketKeySource}.
     */
    public Builder sessionStore(SessionStore store) {
      this.sessionStore = Arguments.given("sessionStore", store);
      return this;
    }

    /**
     * Sets where ticket keys come from; default: keys of the {@link Tls}, which its servers share
     * and which rotate as those of {@link SharedSessions} do, where the provider has {@link
     * Capability#TICKET_KEYS}. Excludes {@code sessionStore} and the context's {@code ticketKeys};
     * a context for some host that has {@code ticketKeys} keeps its own.
     */
    public Builder ticketKeySource(TicketKeySource source) {
      this.ticketKeySource = Arguments.given("ticketKeySource", source);
      return this;
    }

    /** Sets the answer to {@code OCSPRequest}. */
    public Builder ocspResponder(OcspResponder responder) {
      this.ocspResponder = Arguments.given("ocspResponder", responder);
      return this;
    }

    /**
     * Sets {@code pskCallback}: clients may show a pre-shared key in place of a certificate, and
     * this server needs none for them. Default: there are no such clients. Up to TLS 1.2 {@code
     * ciphers} has to select suites for it, such as {@code PSK}, which the policies leave out;
     * without a callback they are not used. In TLS 1.3 every suite of SHA-256 is one, and a key
     * always goes with a key exchange. {@link Tls#createServer} refuses a list without any with
     * {@link ErrorCode#ERR_INVALID_ARG_VALUE}.
     */
    public Builder pskCallback(PskCallback callback) {
      this.pskCallback = Arguments.given("pskCallback", callback);
      return this;
    }

    /**
     * Sets {@code pskIdentityHint}, which helps clients to choose a key and is sent in the clear;
     * default none. Needs {@code pskCallback}.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_TLS_PSK_SET_IDENTIY_HINT_FAILED} for
     *     an empty hint, or one of more than {@link PskIdentity#MAX_IDENTITY} bytes
     */
    public Builder pskIdentityHint(String hint) {
      this.pskIdentityHint = PskIdentity.checkedHint(hint);
      return this;
    }

    /**
     * Sets how often each client may renegotiate; default: what {@link
     * Tls.Builder#renegotiationLimits} says.
     */
    public Builder renegotiationLimits(RenegotiationLimits limits) {
      this.renegotiationLimits = Arguments.given("renegotiationLimits", limits);
      return this;
    }

    /** Sets what is answered to a plain HTTP request; default {@link PlainHttp#CLOSE}. */
    public Builder plainHttp(PlainHttp answer) {
      this.plainHttp = Arguments.given("plainHttp", answer);
      return this;
    }

    /**
     * Expects the header of a proxy before the first byte of TLS, in version 1 or 2 of the PROXY
     * protocol; default false. {@link TLSSocket#remote()} is then the client that it names. Every
     * connection has to have one: {@link ErrorCode#ERR_TLS_PROXY_HEADER} otherwise. Nothing proves
     * what it says, so that nobody but the proxy may reach the port.
     */
    public Builder proxyProtocol(boolean expect) {
      this.proxyProtocol = expect;
      return this;
    }

    /** Sets {@code pauseOnConnect}; default false. */
    public Builder pauseOnConnect(boolean pause) {
      this.pauseOnConnect = pause;
      return this;
    }

    /** Sets {@code noDelay} of new connections; default true: small records leave at once. */
    public Builder noDelay(boolean noDelay) {
      this.tcp = tcp.withNoDelay(noDelay);
      return this;
    }

    /** Sets {@code keepAlive} of new connections; default false. The system decides when. */
    public Builder keepAlive(boolean keepAlive) {
      this.tcp = tcp.withKeepAlive(keepAlive);
      return this;
    }

    /** Sets {@code keepAlive} and {@code keepAliveInitialDelay}, in whole seconds from 1 s on. */
    public Builder keepAlive(Duration initialDelay) {
      this.tcp = tcp.withKeepAlive(initialDelay);
      return this;
    }

    /** The finished options. */
    public ServerOptions build() {
      return new ServerOptions(this);
    }
  }
}
