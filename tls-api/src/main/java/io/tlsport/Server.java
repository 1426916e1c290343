package io.tlsport;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Accepts encrypted connections: the seed's {@code tls.Server}. Methods may be called on any
 * thread. Events of the server itself run on the event loop that accepts.
 */
public interface Server extends AutoCloseable {
  /** Event {@code secureConnection}: once per connection, after the handshake and the verdict. */
  Server onSecureConnection(Consumer<TLSSocket> listener);

  /**
   * Event {@code clientError} (Node's {@code tlsClientError}): a connection failed before it was
   * secure; exactly once for it. The socket tells what was known, and is destroyed after the call.
   */
  Server onClientError(BiConsumer<TlsException, TLSSocket> listener);

  /**
   * Event {@code connection}: a connection came, and its handshake has not begun. Its socket knows
   * the addresses, and can be destroyed here before it costs anything. The handshake begins when
   * the listeners have returned.
   */
  Server onConnection(Consumer<TLSSocket> listener);

  /** Event {@code listening}. */
  Server onListening(Runnable listener);

  /** Event {@code error}: the address could not be bound, or accepting failed. */
  Server onError(Consumer<TlsException> listener);

  /** Event {@code close}: closed, and the last connection is gone. */
  Server onClose(Runnable listener);

  /**
   * Event {@code drop}: a connection was refused because of {@link #maxConnections}. Its address is
   * empty on a Unix domain socket.
   */
  Server onDrop(Consumer<Address> listener);

  /**
   * Listens on every IPv4 address, as the seed says.
   *
   * @param port 0 for any free one
   * @return completes with the bound address; fails with a {@link TransportException}, {@link
   *     ErrorCode#EADDRINUSE} for a port in use
   */
  CompletionStage<Address> listen(int port);

  /** Listens on one address of this machine, IPv4 or IPv6, or a name that resolves to one. */
  CompletionStage<Address> listen(int port, String host);

  /**
   * Listens on a Unix domain socket, whose file is made here and removed with the listener. {@link
   * #address()} is then the path.
   *
   * @param path of a file that must not exist, of at most 107 bytes
   * @return completes with the path, family {@code Unix} and port 0; fails with a {@link
   *     TransportException}: {@link ErrorCode#EADDRINUSE} if there is a file already, also one that
   *     a server left which did not close, {@link ErrorCode#ENOENT} without its folder, {@link
   *     ErrorCode#EACCES} without the right to write there
   * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} if it is no path or
   *     too long, and where the system has no such sockets
   */
  CompletionStage<Address> listen(String path);

  /** Listens on one address and calls back when bound: the seed's form. */
  default CompletionStage<Address> listen(int port, String host, Runnable listener) {
    onListening(listener);
    return listen(port, host);
  }

  /**
   * Listens until a signal is given, which then calls {@link #close()}: {@code signal} of Node's
   * {@code listen}. Connections that exist go on. A signal that comes before the server is bound
   * fails the stage with {@link ErrorCode#ERR_SERVER_NOT_RUNNING}.
   */
  default CompletionStage<Address> listen(int port, String host, AbortSignal signal) {
    CompletionStage<Address> bound = listen(port, host);
    AbortSignal.Registration registration = signal.onAbort(this::close);
    closed().thenRun(registration::remove);
    return bound;
  }

  /**
   * Takes a connection that came some other way, as if it had been accepted: what {@code
   * server.emit('connection', stream)} does in Node. The handshake runs over it, with this server's
   * options, hooks, events and limits. The server need not listen.
   *
   * @param transport carries the bytes of the client; it belongs to the server from now on, and is
   *     destroyed with the connection
   * @return false if {@link #maxConnections} is reached: the transport is destroyed
   * @throws ConfigurationException with {@link ErrorCode#ERR_SERVER_NOT_RUNNING} after {@link
   *     #close()}
   */
  boolean connection(Duplex transport);

  /** True while bound. */
  boolean listening();

  /** The bound address; empty unless listening. */
  Optional<Address> address();

  /**
   * Stops accepting and returns at once; connections that exist go on. {@link #closed()} completes
   * when the last one is gone.
   */
  @Override
  void close();

  /** Completes when {@code close} is emitted. */
  CompletionStage<Void> closed();

  /**
   * Uses {@code context} for clients that name a matching host.
   *
   * @param hostname a name, or a pattern whose left-most label is {@code *} (one label); compared
   *     without case; the last added of several matches wins
   * @throws ConfigurationException with {@link ErrorCode#ERR_TLS_REQUIRED_SERVER_NAME} for an empty
   *     name
   */
  void addContext(String hostname, SecureContext context);

  /** Makes the context, then adds it. */
  void addContext(String hostname, SecureContextOptions context);

  /**
   * Removes what {@link #addContext} added under exactly that name.
   *
   * @return false if there was none
   */
  boolean removeContext(String hostname);

  /**
   * Replaces the server's own context: every handshake that begins from now on uses the new one,
   * and connections that exist go on. It is loaded and checked before, as {@link Tls#createServer}
   * does; if anything is wrong the old one stays. Ticket keys that were set by {@link
   * #setTicketKeys} stay in force unless these options have their own.
   *
   * @throws ConfigurationException if anything in it is wrong
   * @throws UnsupportedFeatureException if the provider cannot do it
   */
  void setSecureContext(SecureContextOptions context);

  /** The same with a context that exists already; a {@link ReloadableContext} is followed. */
  void setSecureContext(SecureContext context);

  /**
   * Counts the server's own contexts: 1 for the one that it was made with, one more with each that
   * is put in force by {@link #setSecureContext} or by its {@link ReloadableContext}.
   */
  long contextGeneration();

  /**
   * What was set as the most connections at a time; empty: nothing (default). Descriptors bound
   * them in any case, see {@link ConnectionLimits.Builder#spareDescriptors}.
   */
  OptionalInt maxConnections();

  /**
   * Sets the most connections at a time: more are accepted and closed at once.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} for a negative number
   */
  void maxConnections(int limit);

  /** Connections at this moment, those still in their handshake included. */
  int connections();

  /**
   * How many of its connections resumed a session, and what its {@link SessionStore} was asked.
   * Connections over sockets that only use its hooks ({@link SocketOptions.Builder#server}) do not
   * count.
   */
  SessionStatistics sessionStatistics();

  /** The ticket keys in force; the first encrypts, all decrypt. */
  List<byte[]> ticketKeys();

  /**
   * Replaces the ticket keys: 48 bytes each; the first encrypts, all decrypt. From then on they are
   * what the application says, and rotate no more by themselves.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_TLS_INVALID_STATE} if they come from a
   *     {@code ticketKeySource}, with {@link ErrorCode#ERR_INVALID_ARG_VALUE} if there is none or
   *     one of another size
   */
  void setTicketKeys(List<byte[]> keys);
}
