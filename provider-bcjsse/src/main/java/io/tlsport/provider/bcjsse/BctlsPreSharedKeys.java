package io.tlsport.provider.bcjsse;

import io.tlsport.PskIdentity;
import io.tlsport.spi.EngineEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsPSKIdentity;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle's questions for pre-shared keys, answered by the core. */
final class BctlsPreSharedKeys {
  /** No RSA_PSK, whose server shows a certificate as well. */
  private static final Set<Integer> KEY_EXCHANGES =
      Set.of(
          KeyExchangeAlgorithm.PSK, KeyExchangeAlgorithm.DHE_PSK, KeyExchangeAlgorithm.ECDHE_PSK);

  private BctlsPreSharedKeys() {}

  /** Both sides of that key exchange have a key, and no certificate. */
  static boolean has(int keyExchange) {
    return KEY_EXCHANGES.contains(keyExchange);
  }

  /** A server's: null ends the handshake with unknown_psk_identity. */
  static TlsPSKIdentityManager ofServer(EngineEvents events, Optional<String> hint) {
    return new TlsPSKIdentityManager() {
      @Override
      public byte @Nullable [] getHint() {
        return hint.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
      }

      @Override
      public byte @Nullable [] getPSK(byte[] identity) {
        return events.pskKey(identity).orElse(null);
      }
    };
  }

  /** A server's of TLS 1.3: the first of those that a client offers; null: none of them. */
  static @Nullable TlsPSKExternal ofServer(
      EngineEvents events, TlsCrypto crypto, Vector<?> identities) {
    return identities.stream()
        .map(org.bouncycastle.tls.PskIdentity.class::cast)
        .filter(offered -> offered.getObfuscatedTicketAge() == 0)
        .map(org.bouncycastle.tls.PskIdentity::getIdentity)
        .flatMap(
            identity ->
                events.pskKey(identity).map(key -> external(crypto, identity, key)).stream())
        .findFirst()
        .orElse(null);
  }

  /** A client's of TLS 1.3; null: none. */
  static @Nullable Vector<TlsPSKExternal> ofClient(EngineEvents events, TlsCrypto crypto) {
    return events
        .offeredPsk()
        .map(own -> external(crypto, own.identity().getBytes(StandardCharsets.UTF_8), own.key()))
        .map(own -> BctlsVectors.of(List.of(own)))
        .orElse(null);
  }

  /** SHA-256 is the hash of keys that tell none (RFC 8446 section 4.2.11). */
  private static TlsPSKExternal external(TlsCrypto crypto, byte[] identity, byte[] key) {
    return new BasicTlsPSKExternal(
        identity, crypto.createSecret(key), PRFAlgorithm.tls13_hkdf_sha256);
  }

  /** A client's, which is asked for the hint's use, the identity and the key in this order. */
  static TlsPSKIdentity ofClient(EngineEvents events) {
    return new TlsPSKIdentity() {
      private Optional<PskIdentity> chosen = Optional.empty();

      @Override
      public void skipIdentityHint() {
        chosen = events.pskIdentity(Optional.empty());
      }

      @Override
      public void notifyIdentityHint(byte[] hint) {
        chosen = events.pskIdentity(Optional.of(hint));
      }

      @Override
      public byte @Nullable [] getPSKIdentity() {
        return chosen
            .map(identity -> identity.identity().getBytes(StandardCharsets.UTF_8))
            .orElse(null);
      }

      @Override
      public byte @Nullable [] getPSK() {
        return chosen.map(PskIdentity::key).orElse(null);
      }
    };
  }
}
