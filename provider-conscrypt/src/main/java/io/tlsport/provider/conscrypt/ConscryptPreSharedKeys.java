package io.tlsport.provider.conscrypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.PskIdentity;
import io.tlsport.spi.EngineEvents;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLEngine;
import org.conscrypt.PSKKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Conscrypt's questions for pre-shared keys of TLS 1.2, answered by the core. One manager serves
 * all contexts of a provider: the engine tells which connection is meant. Safe for any number of
 * threads.
 */
@SuppressWarnings("deprecation") // Conscrypt has no other way to these keys.
final class ConscryptPreSharedKeys implements PSKKeyManager {
  private final Map<Object, Side> open = new ConcurrentHashMap<>();

  /** One connection, whose handshake is one job at a time. */
  private static final class Side {
    final EngineEvents events;
    final Optional<String> hint;
    Optional<PskIdentity> chosen = Optional.empty();

    Side(EngineEvents events, Optional<String> hint) {
      this.events = events;
      this.hint = hint;
    }
  }

  /** The engine that a manager is given is another object: its session is the same. */
  void add(SSLEngine engine, EngineEvents events, Optional<String> hint) {
    hint.ifPresent(
        text ->
            requireShort("pskIdentityHint", text.getBytes(UTF_8), MAX_IDENTITY_HINT_LENGTH_BYTES));
    open.put(engine.getSession(), new Side(events, hint));
  }

  void remove(SSLEngine engine) {
    open.remove(engine.getSession());
  }

  private @Nullable Side side(SSLEngine engine) {
    return open.get(engine.getSession());
  }

  @Override
  public @Nullable String chooseServerKeyIdentityHint(SSLEngine engine) {
    Side side = side(engine);
    return side == null ? null : side.hint.orElse(null);
  }

  @Override
  public @Nullable String chooseClientKeyIdentity(@Nullable String hint, SSLEngine engine) {
    Side side = side(engine);
    if (side == null) {
      return null;
    }
    side.chosen =
        side.events.pskIdentity(Optional.ofNullable(hint).map(text -> text.getBytes(UTF_8)));
    Optional<String> identity = side.chosen.map(PskIdentity::identity);
    identity.ifPresent(
        name ->
            requireShort(
                "pskCallback: an identity", name.getBytes(UTF_8), MAX_IDENTITY_LENGTH_BYTES));
    return identity.orElse(null);
  }

  /** BoringSSL would fail without a word of the reason. */
  private static byte[] requireShort(String what, byte[] bytes, int most) {
    if (bytes.length > most) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          what
              + " of more than "
              + most
              + " bytes, which BoringSSL does not take: "
              + bytes.length);
    }
    return bytes;
  }

  /**
   * Asked on clients right after the identity, on servers for the one that came, which Conscrypt
   * decodes as the JVM's own UTF-8: wrongly beyond the Basic Multilingual Plane.
   */
  @Override
  public @Nullable SecretKey getKey(@Nullable String hint, String identity, SSLEngine engine) {
    Side side = side(engine);
    if (side == null) {
      return null;
    }
    Optional<byte[]> key =
        engine.getUseClientMode() ? side.chosen.map(PskIdentity::key) : side.events.pskKey();
    return key.map(bytes -> requireShort("pskCallback: a key", bytes, MAX_KEY_LENGTH_BYTES))
        .map(bytes -> new SecretKeySpec(bytes, "RAW"))
        .orElse(null);
  }

  // --- sockets, which are not used

  @Override
  public @Nullable String chooseServerKeyIdentityHint(Socket socket) {
    return null;
  }

  @Override
  public @Nullable String chooseClientKeyIdentity(@Nullable String hint, Socket socket) {
    return null;
  }

  @Override
  public @Nullable SecretKey getKey(@Nullable String hint, String identity, Socket socket) {
    return null;
  }
}
