package io.tlsport.core.runtime;

import io.tlsport.InsecureKeyLog;
import io.tlsport.PskIdentity;
import io.tlsport.core.engine.PeerVerdict;
import io.tlsport.core.engine.PreSharedKeys;
import io.tlsport.spi.EngineEvents;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What an engine tells of its connection, to those whom it concerns. */
record ConnectionEvents(
    PeerVerdict peer,
    SessionReports sessions,
    Optional<InsecureKeyLog> keyLog,
    Optional<PreSharedKeys> keys)
    implements EngineEvents {
  @Override
  public OptionalInt peerCertificates(List<X509Certificate> chain) {
    return peer.shown(chain);
  }

  @Override
  public void session(byte[] id, byte[] data, boolean portable) {
    sessions.session(id, data, portable);
  }

  @Override
  public void ticket(byte[] ticket) {
    sessions.ticket(ticket);
  }

  @Override
  public void keyLog(String line) {
    keyLog.ifPresent(log -> tell(log, line));
  }

  private static void tell(InsecureKeyLog log, String line) {
    try {
      log.line(line);
    } catch (RuntimeException | Error thrown) {
      System.getLogger("io.tlsport")
          .log(System.Logger.Level.WARNING, "insecureKeyLog threw, and lacks a line", thrown);
    }
  }

  @Override
  public Optional<byte[]> pskKey(byte[] identity) {
    return keys.flatMap(known -> known.key(identity));
  }

  @Override
  public Optional<byte[]> pskKey() {
    return keys.flatMap(PreSharedKeys::key);
  }

  @Override
  public Optional<PskIdentity> offeredPsk() {
    return keys.flatMap(PreSharedKeys::offered);
  }

  @Override
  public Optional<PskIdentity> pskIdentity(Optional<byte[]> hint) {
    return keys.flatMap(known -> known.identity(hint));
  }
}
