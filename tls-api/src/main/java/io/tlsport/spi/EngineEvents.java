package io.tlsport.spi;

import io.tlsport.PskIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an engine reports while it works. Called inside {@code wrap}, {@code unwrap} or a delegated
 * task, on that thread: implementations return at once, unless said otherwise, and never re-enter
 * the engine.
 */
public interface EngineEvents {
  /**
   * A session was made: none, one or several times, also after the handshake is finished, and
   * before the flight that makes it known to the peer leaves.
   *
   * @param id on servers the identifier that clients will come back with; on clients what the
   *     client will show
   * @param data what {@link Resumption.Use} wants back
   * @param portable the data is good in any process; false: it is a handle, which only engines of
   *     the same {@link TlsProvider} object understand
   */
  void session(byte[] id, byte[] data, boolean portable);

  /**
   * On clients: the server gave this ticket (RFC 8446 section 4.6.1), and its session is told next.
   * Those of TLS 1.2 pass in the clear: nobody needs to tell them.
   */
  void ticket(byte[] ticket);

  /**
   * The peer shows its certificates in a full handshake. An engine that can still end it by an
   * alert calls this once, before its own Finished; one that cannot need not, since the core judges
   * again at the end. May take its time.
   *
   * @param chain as the peer sent it, leaf first; empty if it was asked and sent none, which not
   *     every engine tells
   * @return the alert by which to end the handshake, or the nearest that the engine can send;
   *     empty: go on
   */
  default OptionalInt peerCertificates(List<X509Certificate> chain) {
    return OptionalInt.empty();
  }

  /** One line of an NSS key log; only if {@link EngineSpec#keyLog()}. */
  void keyLog(String line);

  /**
   * On servers, only if {@link EngineSpec#psk()}: the key of the client that calls itself so.
   *
   * @param identity as the client sent it
   * @return a copy; empty: the handshake ends with unknown_psk_identity
   */
  Optional<byte[]> pskKey(byte[] identity);

  /**
   * As {@link #pskKey(byte[])}, for an engine that does not show the identity as it was sent: of
   * the client whose identity the core has read in this handshake, up to TLS 1.2.
   *
   * @return a copy; empty: none was read
   */
  Optional<byte[]> pskKey();

  /**
   * On clients, only if {@link EngineSpec#psk()}: who we are, and by which key, for ClientHello of
   * TLS 1.3 (RFC 8446 section 4.2.11). May take its time.
   *
   * @return empty: no key is offered
   * @throws RuntimeException if the handshake has to end
   */
  Optional<PskIdentity> offeredPsk();

  /**
   * On clients, only if {@link EngineSpec#psk()}: who we are, and by which key, up to TLS 1.2. May
   * take its time.
   *
   * @param hint what the server sent; empty bytes are none
   * @return empty: the handshake ends
   */
  Optional<PskIdentity> pskIdentity(Optional<byte[]> hint);
}
