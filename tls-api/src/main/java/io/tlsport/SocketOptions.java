package io.tlsport;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of the seed's {@code new tls.TLSSocket(socket, options)} and of a secure pair. */
public final class SocketOptions extends ConnectionOptions {
  private final boolean isServer;
  private final boolean requestCert;
  private final @Nullable Server server;
  private final @Nullable SniCallback sniCallback;
  private final @Nullable String servername;
  private final boolean strictNames;
  private final @Nullable Session session;
  private final boolean requestOcsp;
  private final @Nullable PskCallback pskCallback;
  private final @Nullable PskClientCallback pskClientCallback;
  private final @Nullable String pskIdentityHint;

  private SocketOptions(Builder b) {
    super(b);
    this.isServer = b.isServer;
    this.requestCert = b.requestCert;
    this.server = b.server;
    this.sniCallback = b.sniCallback;
    this.servername = b.servername;
    this.strictNames = b.strictNames;
    this.session = b.session;
    this.requestOcsp = b.requestOcsp;
    this.pskCallback = b.pskCallback;
    this.pskClientCallback = b.pskClientCallback;
    this.pskIdentityHint = b.pskIdentityHint;
  }

  /** A builder with the seed's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code isServer}. */
  public boolean isServer() {
    return isServer;
  }

  /** {@code requestCert}; without effect on clients. */
  public boolean requestCert() {
    return requestCert;
  }

  /** {@code server}: whose contexts and hooks are used; default none. */
  public Optional<Server> server() {
    return Optional.ofNullable(server);
  }

  /** {@code SNICallback}. */
  public Optional<SniCallback> sniCallback() {
    return Optional.ofNullable(sniCallback);
  }

  /** {@code servername} that a client sends and checks. */
  public Optional<String> servername() {
    return Optional.ofNullable(servername);
  }

  /** True if the host is looked for by RFC 9525 alone. */
  public boolean strictNames() {
    return strictNames;
  }

  /** {@code session} to resume. */
  public Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  /** {@code requestOCSP}. */
  public boolean requestOcsp() {
    return requestOcsp;
  }

  /** {@code pskCallback} of a server. */
  public Optional<PskCallback> pskCallback() {
    return Optional.ofNullable(pskCallback);
  }

  /** {@code pskCallback} of a client. */
  public Optional<PskClientCallback> pskClientCallback() {
    return Optional.ofNullable(pskClientCallback);
  }

  /** {@code pskIdentityHint}. */
  public Optional<String> pskIdentityHint() {
    return Optional.ofNullable(pskIdentityHint);
  }

  /** Sets options by the seed's names. */
  public static final class Builder extends ConnectionOptions.Builder<Builder> {
    private boolean isServer;
    private boolean requestCert;
    private @Nullable Server server;
    private @Nullable SniCallback sniCallback;
    private @Nullable String servername;
    private boolean strictNames;
    private @Nullable Session session;
    private boolean requestOcsp;
    private @Nullable PskCallback pskCallback;
    private @Nullable PskClientCallback pskClientCallback;
    private @Nullable String pskIdentityHint;

    private Builder() {
      super(false);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    Duration defaultCloseTimeout() {
      return isServer ? DEFAULT_SERVER_CLOSE_TIMEOUT : DEFAULT_CLIENT_CLOSE_TIMEOUT;
    }

    /** Sets which side to take: true for the server's; default false. */
    public Builder isServer(boolean server) {
      this.isServer = server;
      return this;
    }

    /** Sets {@code requestCert}; default false. */
    public Builder requestCert(boolean request) {
      this.requestCert = request;
      return this;
    }

    /**
     * Sets {@code server}, one of the same {@link Tls}, for the server's side: its hooks are used
     * ({@code SNICallback}, {@code addContext}, {@code newSession}, {@code resumeSession}, {@code
     * OCSPRequest}, {@code pskCallback}), and its ticket keys. Where these options have no context,
     * no {@code ALPNProtocols}, no {@code SNICallback} or no {@code pskCallback} of their own,
     * those of the server are taken. {@code requestCert} and {@code rejectUnauthorized} are the
     * socket's own, as are its events: the server neither counts nor closes it, and need not
     * listen. {@link Tls#tlsSocket} refuses one of another {@link Tls}, and any on a client, with
     * {@link ErrorCode#ERR_INVALID_ARG_VALUE}.
     */
    public Builder server(Server server) {
      this.server = Arguments.given("server", server);
      return this;
    }

    /** Sets {@code SNICallback}. */
    public Builder sniCallback(SniCallback callback) {
      this.sniCallback = Arguments.given("sniCallback", callback);
      return this;
    }

    /** Sets {@code servername} of a client. */
    public Builder servername(String name) {
      this.servername = Arguments.given("servername", name);
      return this;
    }

    /**
     * Looks for the host by RFC 9525 alone; default false, which is Node's way. The certificate's
     * common name never counts, a star stands for one whole label, and a name of a certificate that
     * is no host name counts for nothing. Without effect on servers.
     */
    public Builder strictNames(boolean strict) {
      this.strictNames = strict;
      return this;
    }

    /** Sets {@code session} of a client. */
    public Builder session(Session session) {
      this.session = Arguments.given("session", session);
      return this;
    }

    /** Sets {@code requestOCSP} of a client; default false. */
    public Builder requestOcsp(boolean request) {
      this.requestOcsp = request;
      return this;
    }

    /**
     * Sets {@code pskCallback} of a server, as {@link ServerOptions.Builder#pskCallback} does;
     * default: that of {@link #server}, if there is one. {@link Tls#tlsSocket} refuses it on a
     * client with {@link ErrorCode#ERR_INVALID_ARG_VALUE}.
     */
    public Builder pskCallback(PskCallback callback) {
      this.pskCallback = Arguments.given("pskCallback", callback);
      return this;
    }

    /**
     * Sets {@code pskCallback} of a client, as {@link ConnectOptions.Builder#pskCallback} does;
     * default none. {@link Tls#tlsSocket} refuses it on a server with {@link
     * ErrorCode#ERR_INVALID_ARG_VALUE}.
     */
    public Builder pskCallback(PskClientCallback callback) {
      this.pskClientCallback = Arguments.given("pskCallback", callback);
      return this;
    }

    /**
     * Sets {@code pskIdentityHint} of a server, as {@link ServerOptions.Builder#pskIdentityHint}
     * does; default none. Needs a {@code pskCallback} of these options.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_TLS_PSK_SET_IDENTIY_HINT_FAILED} for
     *     an empty hint, or one of more than {@link PskIdentity#MAX_IDENTITY} bytes
     */
    public Builder pskIdentityHint(String hint) {
      this.pskIdentityHint = PskIdentity.checkedHint(hint);
      return this;
    }

    /** The finished options. */
    public SocketOptions build() {
      return new SocketOptions(this);
    }
  }
}
