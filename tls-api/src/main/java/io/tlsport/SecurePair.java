package io.tlsport;

import java.util.concurrent.CompletionStage;

/**
 * TLS without a transport: the seed's {@code tls.createSecurePair}, deprecated there in favour of
 * {@code TLSSocket}, kept here because it is the simplest way to carry TLS over anything.
 *
 * <p>Feed what the peer sent to {@link #encrypted()}, send what its {@code data} event gives, and
 * use {@link #cleartext()} as you would a socket.
 */
public interface SecurePair {
  /** The plaintext side; has the whole API of a socket. */
  TLSSocket cleartext();

  /** The side of the TLS records: {@code write} feeds, {@code data} is to be sent. */
  Duplex encrypted();

  /** Event {@code secure}: the handshake is done; look at {@code cleartext().authorized()}. */
  SecurePair onSecure(Runnable listener);

  /** Completes when {@code secure} is emitted; fails with the error that prevented it. */
  CompletionStage<SecurePair> secured();

  /** Destroys both sides. */
  void destroy();
}
