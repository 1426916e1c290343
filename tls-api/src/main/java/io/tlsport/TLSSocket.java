package io.tlsport;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * An encrypted connection: the seed's {@code tls.TLSSocket}. It can be used at once; what is
 * written before the handshake is done waits for it. No application data passes before the peer's
 * certificate was judged.
 *
 * <p>Properties that the handshake decides are empty or false until {@link #secured()} completes.
 */
public interface TLSSocket extends Duplex, AutoCloseable {
  /** Event {@code secureConnect}; runs at once if it has happened. */
  TLSSocket onSecureConnect(Runnable listener);

  /** Event {@code OCSPResponse}: DER, or empty when the server stapled nothing. */
  TLSSocket onOcspResponse(Consumer<Optional<byte[]>> listener);

  /**
   * Event {@code session}, from {@code secureConnect} on: once for each session that the server
   * handed out. A listener that comes after some were told is called with the newest of them.
   */
  TLSSocket onSession(Consumer<Session> listener);

  /**
   * The peer or this side has begun a renegotiation; the number counts those of this connection,
   * from 1. Also told of one that is one too many for {@link RenegotiationLimits}.
   */
  TLSSocket onRenegotiation(IntConsumer listener);

  /** A renegotiation is done: the properties of this socket are those of the new handshake. */
  TLSSocket onRenegotiated(Runnable listener);

  /** Event {@code timeout}: nothing was read or written for {@link #setTimeout}. */
  TLSSocket onTimeout(Runnable listener);

  @Override
  TLSSocket onData(Consumer<ByteBuffer> listener);

  /**
   * Event {@code data} as text, decoded across chunks: a character that is cut by a record boundary
   * arrives whole. The charset is that of {@link #setEncoding}, UTF-8 by default; what cannot be
   * decoded becomes U+FFFD.
   */
  TLSSocket onText(Consumer<String> listener);

  /** The charset of {@link #onText}: the seed's {@code setEncoding}. Set it before data arrives. */
  TLSSocket setEncoding(Charset charset);

  @Override
  TLSSocket onEnd(Runnable listener);

  @Override
  TLSSocket onError(Consumer<TlsException> listener);

  @Override
  TLSSocket onClose(Runnable listener);

  @Override
  TLSSocket onDrain(Runnable listener);

  @Override
  TLSSocket pause();

  @Override
  TLSSocket resume();

  /** Writes text as UTF-8. */
  default CompletionStage<Void> write(String text) {
    return write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes, then ends. */
  default CompletionStage<Void> end(String text) {
    write(text);
    return end();
  }

  /** Destroys with an error, which is emitted if none was before. */
  void destroy(TlsException error);

  /** The same as {@link #destroy()} for a connection that is still open. */
  @Override
  void close();

  /**
   * Destroys this socket if that work fails, with {@link ErrorCode#ERR_TLS_CALLBACK}, or with the
   * {@link TlsException} that it failed with: Node's {@code captureRejections}, for listeners that
   * go on elsewhere: {@code server.onSecureConnection(s -> s.captureRejections(serve(s)))}.
   */
  TLSSocket captureRejections(CompletionStage<?> work);

  /**
   * Tells what passes from now on, as the option {@code enableTrace} does: Node's {@code
   * enableTrace()}. On servers in {@link Server#onConnection}.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_TLS_INVALID_STATE} once a byte has
   *     passed: what follows could not be told apart
   */
  void enableTrace(Consumer<String> lines);

  /**
   * Names the host, on a client whose handshake has not begun: Node's {@code setServername}. As the
   * option {@code servername} it is both what is sent and what the certificate has to name. On
   * another thread than the one that waits to begin this may come too late: the option cannot.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_TLS_SNI_FROM_SERVER} on servers,
   *     {@link ErrorCode#ERR_INVALID_ARG_VALUE} for what is no name, {@link
   *     ErrorCode#ERR_TLS_INVALID_STATE} once the handshake has begun
   */
  void setServername(String name);

  /**
   * Sets the session to resume, on a client whose handshake has not begun: Node's {@code
   * setSession}. The same as the option {@code session}, which cannot come too late.
   *
   * @throws UnsupportedFeatureException without {@link Capability#SESSION_RESUMPTION}
   * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} for what is no
   *     session of this {@link Tls}, {@link ErrorCode#ERR_TLS_INVALID_STATE} on servers and once
   *     the handshake has begun
   */
  void setSession(Session session);

  /**
   * Shows the key and certificate of that context in place of those of the server's own: Node's
   * {@code setKeyCert}, for {@link AlpnCallback.ForSocket} above all (RFC 8737). Everything else,
   * such as trust and ciphers, stays that of the connection's context. If that context has several,
   * the one that the client can use is shown.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_TLS_INVALID_CONTEXT} for a context of
   *     another {@link Tls}, {@link ErrorCode#ERR_INVALID_ARG_VALUE} for one without a certificate,
   *     {@link ErrorCode#ERR_TLS_INVALID_STATE} on clients, and once the client was answered
   */
  void setKeyCert(SecureContext context);

  /**
   * Completes with this socket once it is secure; fails with the error that prevented it. On
   * clients with {@code rejectUnauthorized} it completes for authorized servers only.
   */
  CompletionStage<TLSSocket> secured();

  /** True once secure. */
  boolean secure();

  /** Always true, as in the seed. */
  default boolean encrypted() {
    return true;
  }

  /** True if the peer's certificate was signed by a trusted authority and, on clients, names it. */
  boolean authorized();

  /**
   * Why {@link #authorized()} is false although a certificate was asked for; also on a connection
   * that was refused for it.
   */
  Optional<AuthorizationError> authorizationError();

  /**
   * The peer's certificate with its issuers: the seed's {@code getPeerCertificate(true)}. Empty if
   * it sent none. It is there whether it is trusted or not, also in {@code clientError} and on a
   * client that refused its server: ask {@link #authorized()}.
   */
  Optional<PeerCertificate> peerCertificate();

  /**
   * Our own certificate: Node's {@code getCertificate()}. On clients the one that is shown if the
   * server asks; on servers the one that was chosen, once the client has spoken. Empty without one.
   */
  Optional<PeerCertificate> certificate();

  /** The cipher in use: the seed's {@code getCipher()}. */
  Optional<CipherInfo> cipher();

  /** The protocol version in use: Node's {@code getProtocol()}. */
  Optional<ProtocolVersion> protocol();

  /**
   * The key that the server made for this connection: Node's {@code getEphemeralKeyInfo()}. Empty
   * on servers, on resumed connections of TLS 1.2, and where the key exchange has none.
   */
  Optional<EphemeralKeyInfo> ephemeralKeyInfo();

  /**
   * The signature schemes that the client and this server have in common: Node's {@code
   * getSharedSigalgs()}, in its spelling, such as {@code RSA-PSS+SHA256}, {@code ECDSA+SHA384},
   * {@code Ed25519+UNDEF}. Most wanted first: in the client's order, or in ours with {@code
   * honorCipherOrder}. Empty on clients, until the client has spoken, and before TLS 1.2, which has
   * none. Unmodifiable.
   */
  List<String> sharedSigalgs();

  /** The application protocol that ALPN chose. */
  Optional<String> alpnProtocol();

  /** The application protocol that NPN chose. */
  Optional<String> npnProtocol();

  /** The host that the client named; on servers also known in {@code clientError}. */
  Optional<String> servername();

  /** True if the handshake resumed an earlier session. */
  boolean sessionReused();

  /** The session, to be given as option {@code session}: the seed's {@code getSession()}. */
  Optional<Session> session();

  /** The session ticket, for debugging, on clients: the seed's {@code getTLSTicket()}. */
  Optional<byte[]> tlsTicket();

  /** The name of the provider whose engine this is. */
  String provider();

  /** True on the server's side. */
  boolean isServer();

  /** Where the time of the handshake went that ended last; empty before one has ended. */
  Optional<HandshakeTimings> handshakeTimings();

  /**
   * Whether this connection is FIPS approved, asked now: what {@link SecureContext#fipsStatus}
   * tells of its context, and the version, suite and key exchange that were negotiated, and the
   * peer's certificate. Not approved before the connection is secure.
   */
  FipsStatus fipsStatus();

  /**
   * Handshakes again, in full: the seed's {@code renegotiate(options, callback)}. A server can so
   * ask for a certificate once it knows that it needs one. Afterwards {@link #authorized()}, {@link
   * #peerCertificate()}, {@link #cipher()} and the rest are those of the new handshake, and the
   * next one of this connection asks for the same. What is written meanwhile waits; what the peer
   * sends still arrives. Several calls follow one another.
   *
   * <p>A peer that does not take part within {@code handshakeTimeout}, refuses, or is refused, ends
   * the connection with an error. Not counted by {@link RenegotiationLimits}.
   *
   * @return completes when the new handshake is done and judged; fails with the error that ended
   *     the connection, with {@link ErrorCode#ERR_TLS_INVALID_STATE} before the connection is
   *     secure and after {@link #end}, or with {@link ErrorCode#ERR_TLS_RENEGOTIATION_DISABLED}
   *     after {@link #disableRenegotiation}
   * @throws UnsupportedFeatureException where the engine has no renegotiation, or on a connection
   *     of TLS 1.3, which has none
   */
  CompletionStage<Void> renegotiate(RenegotiateOptions options);

  /** Handshakes again, and asks for what the handshake before asked for. */
  CompletionStage<Void> renegotiate();

  /**
   * Refuses any later renegotiation: Node's {@code disableRenegotiation()}. One that the peer
   * begins then ends the connection with {@link ErrorCode#ERR_TLS_RENEGOTIATION_DISABLED}.
   */
  void disableRenegotiation();

  /**
   * Limits the plaintext of the records that are made from now on: the seed's {@code
   * tlsSocket.setMaxSendFragment(size)}. Small records reach the peer's application sooner, and
   * cost more bytes and time in all.
   *
   * @param size 512 to 16384 bytes; 16384 at first
   * @return false, and no effect, for any other size, or if the connection is gone
   */
  boolean setMaxSendFragment(int size);

  /**
   * Keying material of this connection (RFC 5705, RFC 8446 section 7.5), the same on both sides:
   * Node's {@code exportKeyingMaterial(length, label[, context])}.
   *
   * @param length 1 to 8160 bytes
   * @param label what it is for, of printable ASCII (RFC 5705 section 4); at most 249 characters
   * @param context empty: none, which TLS 1.2 tells apart from one of no bytes; at most 65535
   *     bytes, which SunJSSE limits to 255 in TLS 1.3
   * @throws UnsupportedFeatureException where the engine has no exporter
   * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} or {@link
   *     ErrorCode#ERR_INVALID_ARG_VALUE} for other arguments, and with {@link
   *     ErrorCode#ERR_TLS_INVALID_STATE} before the connection is secure, after it is closed, and
   *     in TLS 1.2 without an extended master secret (RFC 7627 section 5.4)
   */
  byte[] exportKeyingMaterial(int length, String label, Optional<byte[]> context);

  /**
   * The content of our last Finished message: Node's {@code getFinished()}. Empty before the
   * connection is secure, and where the engine does not show it.
   */
  Optional<byte[]> finished();

  /** The content of the peer's last Finished message: Node's {@code getPeerFinished()}. */
  Optional<byte[]> peerFinished();

  /**
   * Whether small segments of TCP leave at once, from now on: {@code net.Socket}'s {@code
   * setNoDelay()}. At first as in the options. Nothing over a transport that is not TCP.
   */
  TLSSocket setNoDelay(boolean noDelay);

  /**
   * Whether TCP probes a silent connection, from now on, after the time that the system thinks
   * right: {@code net.Socket}'s {@code setKeepAlive()}. At first as in the options. Nothing over a
   * transport that is not TCP.
   */
  TLSSocket setKeepAlive(boolean keepAlive);

  /**
   * Lets TCP probe the connection after that long a silence, from now on. Nothing over a transport
   * that is not TCP.
   *
   * @param initialDelay whole seconds, from 1 s to 32767 s
   * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} for another
   */
  TLSSocket setKeepAlive(Duration initialDelay);

  /** Emits {@code timeout} after that long without traffic; zero switches it off (default). */
  TLSSocket setTimeout(Duration idle);

  /** Our end of the connection; empty before it exists. */
  @Override
  Optional<Address> address();

  /** The peer's end of the connection; empty before it exists. */
  @Override
  Optional<Address> remote();

  /** The peer's address as text: the seed's {@code remoteAddress}. */
  default Optional<String> remoteAddress() {
    return remote().map(Address::address);
  }

  /** The peer's port: the seed's {@code remotePort}; 0 before it is known. */
  default int remotePort() {
    return remote().map(Address::port).orElse(0);
  }

  /** Our address as text: the seed's {@code localAddress}. */
  default Optional<String> localAddress() {
    return address().map(Address::address);
  }

  /** Our port: the seed's {@code localPort}; 0 before it is known. */
  default int localPort() {
    return address().map(Address::port).orElse(0);
  }

  /** Plaintext bytes delivered so far. */
  long bytesRead();

  /** Plaintext bytes accepted by {@code write} and encrypted so far. */
  long bytesWritten();

  /** Bytes received from the transport, TLS overhead included. */
  long encryptedBytesRead();

  /** Bytes handed to the transport, TLS overhead included. */
  long encryptedBytesWritten();

  /** True once the peer's close_notify arrived: what came before is all that it sent. */
  boolean closedCleanly();

  /**
   * A blocking view of what arrives, for a thread of your own; never on an event loop. Reads at
   * most 64 KiB ahead. Ends at the peer's end; an error is thrown as {@link java.io.IOException}
   * with the {@link TlsException} as its cause.
   *
   * @throws IllegalStateException if {@code data} has a listener, or on an event loop
   */
  InputStream inputStream();

  /**
   * A blocking view of {@link #write}: returns once the transport took the bytes. Closing it ends
   * our side.
   */
  OutputStream outputStream();
}
