package io.tlsport.core.jfr;

import io.tlsport.Address;
import io.tlsport.CertificateExpiry;
import io.tlsport.CipherInfo;
import io.tlsport.ContextReload;
import io.tlsport.HandshakeException;
import io.tlsport.HandshakeFacts;
import io.tlsport.HandshakeTimings;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.SharedSessions;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import io.tlsport.TlsListener;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes an event for everything that a {@link TlsListener} is told and that is not per byte. */
final class RecordingListener implements TlsListener {
  private static final int NO_ALERT = -1;

  @Override
  public void secured(TLSSocket socket) {
    handshake(socket, false);
  }

  @Override
  public void renegotiated(TLSSocket socket) {
    handshake(socket, true);
  }

  private static void handshake(TLSSocket socket, boolean again) {
    HandshakeEvent event = new HandshakeEvent();
    if (!event.isEnabled()) {
      return;
    }
    event.provider = socket.provider();
    event.server = socket.isServer();
    event.peer = peer(socket.remote());
    event.servername = socket.servername().orElse(null);
    event.protocol = socket.protocol().map(ProtocolVersion::id).orElse(null);
    event.cipher = socket.cipher().map(CipherInfo::standardName).orElse(null);
    event.alpn = socket.alpnProtocol().orElse(null);
    event.resumed = socket.sessionReused();
    event.authorized = socket.authorized();
    event.renegotiation = again;
    socket.handshakeTimings().ifPresent(timings -> fill(event, timings));
    event.commit();
  }

  private static void fill(HandshakeEvent event, HandshakeTimings timings) {
    event.hello = timings.hello().toNanos();
    event.hooks = timings.hooks().toNanos();
    event.computing = timings.computing().toNanos();
    event.network = timings.network().toNanos();
    event.total = timings.total().toNanos();
  }

  private static @Nullable String peer(Optional<Address> address) {
    return address.map(one -> one.address() + " " + one.port()).orElse(null);
  }

  @Override
  public void failed(TLSSocket socket, TlsException error) {
    FailureEvent event = new FailureEvent();
    if (!event.isEnabled()) {
      return;
    }
    HandshakeFacts facts =
        error instanceof HandshakeException handshake ? handshake.facts() : HandshakeFacts.NONE;
    event.provider = socket.provider();
    event.server = socket.isServer();
    event.peer = peer(socket.remote());
    event.servername = socket.servername().orElse(null);
    event.code = error.code().code();
    event.blame = error.blame().name();
    event.phase = facts.phase();
    event.alertSent = facts.alertSent().orElse(NO_ALERT);
    event.alertReceived = facts.alertReceived().orElse(NO_ALERT);
    event.message = error.getMessage();
    event.commit();
  }

  @Override
  public void dropped(Server server, Optional<Address> remote) {
    DropEvent event = new DropEvent();
    event.peer = peer(remote);
    event.commit();
  }

  @Override
  public void contextReloaded(ContextReload reload) {
    ReloadEvent event = new ReloadEvent();
    event.generation = reload.generation();
    event.previous = String.join(" ", reload.previous());
    event.current = String.join(" ", reload.current());
    event.expires = reload.expires().map(Instant::toString).orElse(null);
    event.commit();
  }

  @Override
  public void contextReloadFailed(TlsException error) {
    ReloadFailureEvent event = new ReloadFailureEvent();
    event.code = error.code().code();
    event.message = error.getMessage();
    event.commit();
  }

  @Override
  public void certificateExpires(CertificateExpiry expiry) {
    ExpiryEvent event = new ExpiryEvent();
    event.subject = expiry.subject();
    event.fingerprint = expiry.fingerprint();
    event.expires = expiry.expires().toString();
    event.expired = expiry.expired();
    event.commit();
  }

  @Override
  public void ticketKeyRotated(SharedSessions sessions) {
    RotationEvent event = new RotationEvent();
    event.keys = sessions.ticketKeys().size();
    event.commit();
  }
}
