package io.tlsport.provider.bcjsse;

import io.tlsport.PskIdentity;
import io.tlsport.spi.EngineEvents;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.TlsPSKIdentity;
import org.bouncycastle.tls.TlsPSKIdentityManager;
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
