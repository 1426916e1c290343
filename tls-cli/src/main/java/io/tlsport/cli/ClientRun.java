package io.tlsport.cli;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.RenegotiateOptions;
import io.tlsport.Session;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's connection from its start to its end, told event by event. */
final class ClientRun {
  private static final int CHUNK = 64 * 1024;

  private static final long SESSION_MILLIS = 1000;

  private final TLSSocket socket;
  private final Events events;
  private final InputStream input;
  private final Received received;
  private final ClientArguments client;
  private final ConnectionArguments connection;
  private final CompletionStage<TLSSocket> secured;
  private final CompletableFuture<Void> kept = new CompletableFuture<>();
  private final List<Members> early = new ArrayList<>();
  private boolean secureTold;
  private volatile byte[] material = {};
  private volatile @Nullable TlsException sending;

  /** Takes what the peer sends. */
  interface Received {
    /** Takes some bytes; may wait, and the peer then waits too. */
    void write(byte[] buffer, int offset, int length) throws IOException;
  }

  /** What the peer sends, as events. */
  static Received dataEvents(Events events) {
    return (buffer, offset, length) -> {
      byte[] data = Arrays.copyOfRange(buffer, offset, offset + length);
      events.emit("data", Members.of("base64", Base64.getEncoder().encodeToString(data)));
    };
  }

  /**
   * A connection that was just started.
   *
   * @param input what is sent to the peer
   * @param received where goes what it sends
   */
  ClientRun(
      TLSSocket socket,
      Events events,
      InputStream input,
      Received received,
      ClientArguments client,
      ConnectionArguments connection) {
    this.socket = socket;
    this.events = events;
    this.input = input;
    this.received = received;
    this.client = client;
    this.connection = connection;
    if (client.requestOcsp) {
      socket.onOcspResponse(
          response ->
              events.emit(
                  "OCSPResponse",
                  Members.of(
                      "response", response.map(Base64.getEncoder()::encodeToString).orElse(null))));
    }
    socket.onRenegotiated(
        () -> events.emit("renegotiated", ConnectionMembers.renegotiated(socket)));
    socket.onSession(this::session);
    // At once, since a server may end the connection before another thread comes to it.
    this.secured = socket.secured().thenApply(this::exported);
  }

  private TLSSocket exported(TLSSocket secure) {
    ClientArguments.Export wanted = client.export;
    if (wanted != null) {
      material = secure.exportKeyingMaterial(wanted.length(), wanted.label(), Optional.empty());
    }
    return secure;
  }

  /** Does it all; the exit status. */
  int run() {
    int status = ExitStatus.DONE;
    try {
      secured(Waiting.on(secured));
      receive();
      TlsException unsent = sending;
      if (unsent != null) {
        throw unsent;
      }
    } catch (TlsException failure) {
      status = ExitStatus.of(failure);
      events.emit("error", ConnectionMembers.failure(failure));
      socket.destroy();
    }
    Waiting.on(socket.closed());
    events.emit("close", Members.of("cleanly", socket.closedCleanly()));
    return status;
  }

  private void secured(TLSSocket secure) {
    connection.apply(secure);
    tellSecure(
        ConnectionMembers.verdict(secure)
            .with(ConnectionMembers.protocols(secure))
            .with(ConnectionMembers.security(secure))
            .with("ephemeralKeyInfo", ConnectionMembers.ephemeralKey(secure))
            .with("localAddress", secure.localAddress().orElse(null))
            .with("localPort", secure.localPort())
            .with(ConnectionMembers.remote(secure)));
    if (client.export != null) {
      tell(client.export);
    }
    if (client.renegotiate) {
      renegotiate();
    }
    if (client.sessionOut != null) {
      secure.session().ifPresent(this::session);
    }
    if (client.noInput) {
      end();
    } else {
      Thread sender = new Thread(this::send, "tls-send");
      // It may wait for a person who types, while the peer has ended long ago.
      sender.setDaemon(true);
      sender.start();
    }
  }

  /** A session may come on the loop before this thread has told that the connection is secure. */
  private synchronized void tellSecure(Members members) {
    events.emit("secureConnect", members);
    secureTold = true;
    early.forEach(session -> events.emit("session", session));
    early.clear();
  }

  private synchronized void tellSession(Members members) {
    if (secureTold) {
      events.emit("session", members);
    } else {
      early.add(members);
    }
  }

  private void tell(ClientArguments.Export wanted) {
    events.emit(
        "keyingMaterial",
        Members.of("label", wanted.label()).with("hex", HexFormat.of().formatHex(material)));
  }

  private void renegotiate() {
    Waiting.on(
        socket.renegotiate(
            new RenegotiateOptions(false, !Boolean.FALSE.equals(connection.rejectUnauthorized))));
  }

  /** Only its length is told: a session is as secret as a key. */
  private void session(Session session) {
    byte[] data = session.export();
    tellSession(Members.of("bytes", data.length));
    save("--session-out", client.sessionOut, data);
    if (client.ticketOut != null) {
      socket.tlsTicket().ifPresent(ticket -> save("--ticket-out", client.ticketOut, ticket));
    }
    kept.complete(null);
  }

  private void save(String option, @Nullable Path file, byte[] data) {
    if (file == null) {
      return;
    }
    try {
      OutputFile.writeSecret(file, data);
    } catch (IOException failed) {
      throw new TransportException(
          ErrorCode.EIO, option + ": " + file + " cannot be written (" + failed + ")", failed);
    }
  }

  // --- what is sent, on a thread of its own

  private void send() {
    try {
      sendAll();
    } catch (TlsException unsent) {
      sending = unsent;
      return;
    } catch (IOException unreadable) {
      socket.destroy(
          new TransportException(
              ErrorCode.EIO, "standard input cannot be read: " + unreadable, unreadable));
      return;
    }
    end();
  }

  /**
   * Ends our side. In TLS 1.3 a session comes after the handshake, and an engine that has ended may
   * pass it over: who wants one waits a moment for it.
   */
  private void end() {
    boolean wanted = client.sessionOut != null || client.ticketOut != null || client.sessionCache;
    boolean later = socket.protocol().filter(ProtocolVersion.TLS_1_3::equals).isPresent();
    CompletionStage<Void> ready =
        wanted && later
            ? kept.copy().completeOnTimeout(null, SESSION_MILLIS, TimeUnit.MILLISECONDS)
            : CompletableFuture.completedStage(null);
    ready.thenCompose(nothing -> socket.end()).exceptionally(Told::elsewhere);
  }

  /** Two chunks are on their way at a time: one is encrypted while the other leaves. */
  private void sendAll() throws IOException {
    byte[] buffer = new byte[CHUNK];
    CompletionStage<Void> before = CompletableFuture.completedStage(null);
    for (int size = input.read(buffer); size >= 0; size = input.read(buffer)) {
      CompletionStage<Void> now = socket.write(ByteBuffer.wrap(buffer, 0, size));
      Waiting.on(before);
      before = now;
    }
    Waiting.on(before);
  }

  // --- what is received

  private void receive() {
    byte[] buffer = new byte[CHUNK];
    // Not closed here: that would destroy the connection, and our own end may still be leaving.
    InputStream in = socket.inputStream();
    try {
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        deliver(buffer, size);
      }
      events.emit("end", Members.none());
    } catch (IOException failed) {
      // Closed without an error: it was our side that did not wait any longer.
      if (failed.getCause() instanceof TlsException cause
          && cause.code() != ErrorCode.ERR_STREAM_DESTROYED) {
        throw cause;
      }
    }
  }

  private void deliver(byte[] buffer, int size) {
    try {
      received.write(buffer, 0, size);
    } catch (IOException | UncheckedIOException closed) {
      throw new TransportException(
          ErrorCode.EPIPE, "standard output is closed: nobody reads what the peer sends", closed);
    }
  }
}
