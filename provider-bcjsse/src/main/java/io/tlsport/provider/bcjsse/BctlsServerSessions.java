package io.tlsport.provider.bcjsse;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.ServerSessions;
import io.tlsport.spi.SessionMode;
import io.tlsport.spi.TicketKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.TlsCrypto;

/** How the servers of one context keep sessions: not at all, in tickets, or in a store outside. */
final class BctlsServerSessions {
  /** A ticket travels in every hello: a chain that makes it longer is not worth it. */
  private static final int LONGEST_TICKET = 16 * 1024;

  private static final int ID_LENGTH = 32;

  private final SessionMode mode;
  private final Duration timeout;
  private final InstantSource clock;
  private final String scope;
  private final JcaServices jca;
  private final TlsCrypto crypto;
  private final SecureRandom random;
  private final BctlsTickets tickets;

  BctlsServerSessions(ContextSpec spec, TlsCrypto crypto, JcaServices jca, SecureRandom random) {
    this.mode = spec.sessions();
    this.timeout = spec.sessionTimeout();
    this.clock = spec.clock();
    this.scope = spec.scope();
    this.jca = jca;
    this.crypto = crypto;
    this.random = random;
    this.tickets = new BctlsTickets(jca, random);
  }

  /** What a session must not leave: this context, and the host that the client asked for. */
  private byte[] scope(Optional<String> host) {
    try {
      return jca.messageDigest("SHA-256")
          .digest((scope + "/" + host.orElse("")).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("no SHA-256", impossible);
    }
  }

  boolean storesOutside() {
    return mode == SessionMode.STORE;
  }

  boolean issuesTickets() {
    return mode == SessionMode.TICKETS || mode == SessionMode.OWN;
  }

  TicketKeys ticketKeys() {
    return tickets::install;
  }

  /** Bouncy Castle resumes by identifier what came from a store; TLS 1.3 not at all. */
  ServerSessions outside() {
    return new ServerSessions() {
      @Override
      public Optional<byte[]> offeredId(
          ProtocolVersion version, byte[] sessionId, List<byte[]> offeredTickets) {
        return version == ProtocolVersion.TLS_1_3
                || sessionId.length == 0
                || offeredTickets.stream().anyMatch(ticket -> ticket.length > 0)
            ? Optional.empty()
            : Optional.of(sessionId.clone());
      }
    };
  }

  byte[] newId() {
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    return id;
  }

  /** What a ticket holds, if it is ours, good, and not too old. */
  Optional<TlsSession> ofTicket(byte[] ticket, byte[] id, Optional<String> host, Certificate own) {
    return id.length == 0
        ? Optional.empty()
        : tickets.open(ticket).flatMap(session -> of(session, id, host, own));
  }

  /** What a store gave, if it is good and not too old. */
  Optional<TlsSession> of(byte[] session, byte[] id, Optional<String> host, Certificate own) {
    return BctlsSavedSession.decode(session)
        .filter(saved -> saved.isGood(scope(host), clock.instant(), timeout))
        .flatMap(saved -> saved.resumable(crypto, id, own));
  }

  /** The session as bytes. */
  byte[] save(SecurityParameters parameters, Optional<String> host) throws IOException {
    return BctlsSavedSession.of(crypto, parameters, clock.instant(), scope(host)).encode();
  }

  /** A ticket for the session; an empty one if there is none to give (RFC 5077 section 3.3). */
  NewSessionTicket ticket(SecurityParameters parameters, Optional<String> host) throws IOException {
    byte[] saved = save(parameters, host);
    if (saved.length > LONGEST_TICKET) {
      return new NewSessionTicket(0, new byte[0]);
    }
    try {
      return new NewSessionTicket(timeout.toSeconds(), tickets.seal(saved));
    } catch (GeneralSecurityException failed) {
      throw new IOException("a session ticket cannot be encrypted", failed);
    }
  }
}
