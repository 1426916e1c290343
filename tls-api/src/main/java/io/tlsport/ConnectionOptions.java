package io.tlsport;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ServerOptions}, {@link ConnectOptions} and {@link SocketOptions} have in common: the
 * secure context, the protocols above TLS, and the bounds in time.
 */
public abstract sealed class ConnectionOptions
    permits ServerOptions, ConnectOptions, SocketOptions {
  /** The seed's {@code handshakeTimeout}: 120 s. */
  public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofMinutes(2);

  /** How long a client's end waits for a server that is silent: 30 s. */
  public static final Duration DEFAULT_CLIENT_CLOSE_TIMEOUT = Duration.ofSeconds(30);

  /** How long a server's end waits for a client that is silent: 3 s. */
  public static final Duration DEFAULT_SERVER_CLOSE_TIMEOUT = Duration.ofSeconds(3);

  /** How much may wait to be sent before {@code writable()} is false: 64 KiB. */
  public static final int DEFAULT_HIGH_WATER_MARK = 64 * 1024;

  private final @Nullable SecureContext secureContext;
  private final SecureContextOptions context;
  private final boolean contextGiven;
  private final List<String> alpnProtocols;
  private final List<String> npnProtocols;
  private final boolean rejectUnauthorized;
  private final Duration handshakeTimeout;
  private final Duration closeTimeout;
  private final boolean allowHalfOpen;
  private final boolean allowTruncation;
  private final boolean dynamicRecords;
  private final @Nullable String fallbackProtocol;
  private final int highWaterMark;
  private final @Nullable Consumer<String> trace;

  ConnectionOptions(Builder<?> b) {
    this.secureContext = b.secureContext;
    this.context = b.context.build();
    this.contextGiven = b.contextGiven;
    this.alpnProtocols = List.copyOf(b.alpnProtocols);
    this.npnProtocols = List.copyOf(b.npnProtocols);
    this.rejectUnauthorized = b.rejectUnauthorized;
    this.handshakeTimeout = b.handshakeTimeout;
    this.closeTimeout = b.closeTimeout == null ? b.defaultCloseTimeout() : b.closeTimeout;
    this.allowHalfOpen = b.allowHalfOpen;
    this.allowTruncation = b.allowTruncation;
    this.dynamicRecords = b.dynamicRecords;
    this.fallbackProtocol = b.fallbackProtocol;
    this.highWaterMark = b.highWaterMark;
    this.trace = b.trace;
  }

  /** A context that exists already; if given, {@link #context()} is ignored, as the seed says. */
  public Optional<SecureContext> secureContext() {
    return Optional.ofNullable(secureContext);
  }

  /** The options to make a context from. */
  public SecureContextOptions context() {
    return context;
  }

  /** True if {@link #secureContext()} or anything of {@link #context()} was set. */
  public boolean hasContext() {
    return secureContext != null || contextGiven;
  }

  /** {@code ALPNProtocols}, most wanted first; empty: ALPN is not used. */
  public List<String> alpnProtocols() {
    return alpnProtocols;
  }

  /** {@code NPNProtocols}, most wanted first; empty: NPN is not used. */
  public List<String> npnProtocols() {
    return npnProtocols;
  }

  /** {@code rejectUnauthorized}: an unauthorized peer is cut off before any data passes. */
  public boolean rejectUnauthorized() {
    return rejectUnauthorized;
  }

  /** {@code handshakeTimeout}: from the connection's start to the verdict, whatever progresses. */
  public Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  /**
   * How long, after our end, a peer may be silent before the connection is closed. Where the engine
   * reads nothing after its own close_notify, and on clients of TLS 1.2, that close_notify leaves
   * only then, or when the peer has ended: what the peer still sends is never cut off.
   */
  public Duration closeTimeout() {
    return closeTimeout;
  }

  /** True if the peer's end does not end our side by itself; default false. */
  public boolean allowHalfOpen() {
    return allowHalfOpen;
  }

  /** True if an end without close_notify is no error; {@code closedCleanly()} still tells. */
  public boolean allowTruncation() {
    return allowTruncation;
  }

  /** True if records are small at first, so that the peer can use them sooner; default false. */
  public boolean dynamicRecords() {
    return dynamicRecords;
  }

  /** What {@code alpnProtocol()} is where the peer does not know ALPN; default nothing. */
  public Optional<String> fallbackProtocol() {
    return Optional.ofNullable(fallbackProtocol);
  }

  /** {@code highWaterMark}: bytes that may wait to be sent before {@code writable()} is false. */
  public int highWaterMark() {
    return highWaterMark;
  }

  /** Who is told what passes: {@code enableTrace}; default nobody. */
  public Optional<Consumer<String>> enableTrace() {
    return Optional.ofNullable(trace);
  }

  /**
   * The common setters. Not safe for several threads. Null is refused with {@link
   * ErrorCode#ERR_INVALID_ARG_TYPE} where it is passed, by these and by the setters of each kind.
   */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits ServerOptions.Builder, ConnectOptions.Builder, SocketOptions.Builder {
    private @Nullable SecureContext secureContext;
    private SecureContextOptions.Builder context = SecureContextOptions.builder();
    private boolean contextGiven;
    private List<String> alpnProtocols = List.of();
    private List<String> npnProtocols = List.of();
    private boolean rejectUnauthorized;
    private Duration handshakeTimeout = DEFAULT_HANDSHAKE_TIMEOUT;
    private @Nullable Duration closeTimeout;
    private boolean allowHalfOpen;
    private boolean allowTruncation;
    private boolean dynamicRecords;
    private @Nullable String fallbackProtocol;
    private int highWaterMark = DEFAULT_HIGH_WATER_MARK;
    private @Nullable Consumer<String> trace;

    Builder(boolean rejectUnauthorized) {
      this.rejectUnauthorized = rejectUnauthorized;
    }

    abstract B self();

    abstract Duration defaultCloseTimeout();

    /** Uses a context that exists already. */
    public B secureContext(SecureContext context) {
      this.secureContext = Arguments.given("secureContext", context);
      return self();
    }

    /** Sets options of the context to be made: {@code c -> c.key(..).cert(..)}. */
    public B context(Consumer<SecureContextOptions.Builder> setter) {
      Arguments.given("context", setter).accept(context);
      contextGiven = true;
      return self();
    }

    /** Takes the options of the context to be made, in place of those set before. */
    public B context(SecureContextOptions options) {
      this.context = Arguments.given("context", options).toBuilder();
      contextGiven = true;
      return self();
    }

    /**
     * Sets {@code ALPNProtocols}, most wanted first.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} for an empty name or
     *     one of more than 255 bytes
     */
    public B alpnProtocols(List<String> names) {
      this.alpnProtocols = ApplicationProtocols.checked("alpnProtocols", names);
      return self();
    }

    /** Sets {@code ALPNProtocols}, most wanted first. */
    public B alpnProtocols(String... names) {
      return alpnProtocols(Arrays.asList(Arguments.given("alpnProtocols", names)));
    }

    /** Sets {@code ALPNProtocols} from the seed's {@code Buffer}: each name behind its length. */
    public B alpnProtocols(byte[] wire) {
      return alpnProtocols(ApplicationProtocols.decode(Arguments.given("alpnProtocols", wire)));
    }

    /** Sets {@code NPNProtocols}, most wanted first; names as for {@link #alpnProtocols(List)}. */
    public B npnProtocols(List<String> names) {
      this.npnProtocols = ApplicationProtocols.checked("npnProtocols", names);
      return self();
    }

    /** Sets {@code NPNProtocols}, most wanted first. */
    public B npnProtocols(String... names) {
      return npnProtocols(Arrays.asList(Arguments.given("npnProtocols", names)));
    }

    /** Sets {@code NPNProtocols} from the seed's {@code Buffer}: each name behind its length. */
    public B npnProtocols(byte[] wire) {
      return npnProtocols(ApplicationProtocols.decode(Arguments.given("npnProtocols", wire)));
    }

    /**
     * Sets {@code rejectUnauthorized}; default true for {@link ConnectOptions}, false for {@link
     * ServerOptions} and, as in the seed, for {@link SocketOptions} on both sides.
     */
    public B rejectUnauthorized(boolean reject) {
      this.rejectUnauthorized = reject;
      return self();
    }

    /**
     * Sets {@code handshakeTimeout}; default 120 s.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} if it is not positive
     */
    public B handshakeTimeout(Duration timeout) {
      this.handshakeTimeout = Arguments.positive("handshakeTimeout", timeout);
      return self();
    }

    /**
     * Sets {@link ConnectionOptions#closeTimeout()}, which must be positive; default 30 s on
     * clients, 3 s on servers.
     */
    public B closeTimeout(Duration timeout) {
      this.closeTimeout = Arguments.positive("closeTimeout", timeout);
      return self();
    }

    /** Sets {@code allowHalfOpen}; default false: the peer's end ends our side too. */
    public B allowHalfOpen(boolean allow) {
      this.allowHalfOpen = allow;
      return self();
    }

    /** Accepts an end without close_notify; default false: it is an error. */
    public B allowTruncation(boolean allow) {
      this.allowTruncation = allow;
      return self();
    }

    /**
     * Sends small records at first, each of which fills one packet, and full ones after 64 KiB;
     * after a second without a write it begins again. A peer can use nothing of a record before all
     * of it has come, so the first bytes of an answer are read sooner over a slow or long way. The
     * price is more work for those records. Default false: records are as large as {@link
     * TLSSocket#setMaxSendFragment} allows.
     */
    public B dynamicRecords(boolean dynamic) {
      this.dynamicRecords = dynamic;
      return self();
    }

    /**
     * Says which protocol is spoken with a peer that does not know ALPN, and so was told none:
     * {@code alpnProtocol()} is then this one. Default none. A peer that knows ALPN and has no
     * protocol in common is refused whatever this says. Needs {@code alpnProtocols}, or {@code
     * alpnCallback}.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} for an empty name or
     *     one of more than 255 bytes
     */
    public B fallbackProtocol(String name) {
      this.fallbackProtocol =
          ApplicationProtocols.checked(
                  "fallbackProtocol", List.of(Arguments.given("fallbackProtocol", name)))
              .get(0);
      return self();
    }

    /**
     * Sets {@code highWaterMark}: how many bytes may wait to be sent before {@code writable()} is
     * false; {@code drain} follows at a quarter of it. Default 64 KiB. It bounds nothing by itself.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} if it is not positive
     */
    public B highWaterMark(int bytes) {
      if (bytes <= 0) {
        throw new ConfigurationException(
            ErrorCode.ERR_OUT_OF_RANGE, "highWaterMark must be positive, got " + bytes);
      }
      this.highWaterMark = bytes;
      return self();
    }

    /**
     * Tells what passes, a line at a time: Node's {@code enableTrace}, which prints it; for finding
     * out why two sides do not understand each other. Records of both directions, alerts, and the
     * handshake as far as it is not encrypted. No key, ticket or application data is in it, and
     * text of the peer is quoted. Called on the connection's loop, and must not block; one that
     * throws is logged and not called again. Default nobody. It costs time.
     */
    public B enableTrace(Consumer<String> lines) {
      this.trace = Arguments.given("enableTrace", lines);
      return self();
    }
  }
}
