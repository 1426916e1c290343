package io.tlsport.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** With whom a provider is compared. */
public enum Peer {
  /** Netty's {@code SslHandler} over the engine of the provider. */
  SSLHANDLER,
  /** Netty's {@code SslHandler} over BoringSSL. */
  TCNATIVE,
  /** Vert.x. */
  VERTX,
  /** Node's {@code tls}. */
  NODE,
  /** {@code openssl s_server}. */
  OPENSSL;

  /** What it is called on a command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that is called so; empty if none is. */
  public static Optional<Peer> named(String word) {
    return Arrays.stream(values()).filter(peer -> peer.word().equals(word)).findFirst();
  }
}
