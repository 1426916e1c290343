package io.tlsport.provider.conscrypt;

import static io.tlsport.provider.conscrypt.ConscryptMembers.field;
import static io.tlsport.provider.conscrypt.ConscryptMembers.method;
import static io.tlsport.provider.conscrypt.ConscryptMembers.type;

import io.tlsport.ErrorCode;
import io.tlsport.ProviderException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The secret of a connection of TLS 1.2: it stands in the session that BoringSSL writes. All use of
 * these internals is here; they have to be as they were when this was written, or none is used. The
 * secrets of TLS 1.3 are in no session, and nothing else that Conscrypt's library exports has them.
 */
final class ConscryptSecrets {
  private static final int MASTER_SECRET = 48;

  /** A session as BoringSSL writes it, but for its secret and what follows. */
  private static final byte[] BEFORE =
      HexFormat.of().parseHex("3049" + "020101" + "02020303" + "0402c02f" + "0400" + "0430");

  /** Its time and timeout. */
  private static final byte[] AFTER = HexFormat.of().parseHex("a103020101" + "a203020101");

  private final Field delegate;
  private final Field handle;
  private final Field pointer;
  private final Method session;
  private final Method write;
  private final Method read;
  private final Method free;

  private ConscryptSecrets() throws ReflectiveOperationException {
    Class<?> engine = type("ConscryptEngine");
    Class<?> ssl = type("NativeSsl");
    delegate = field(type("Java8EngineWrapper"), "delegate", engine);
    handle = field(engine, "ssl", ssl);
    pointer = field(ssl, "ssl", long.class);
    Class<?> natives = type("NativeCrypto");
    session = method(natives, long.class, "SSL_get1_session", long.class, ssl);
    write = method(natives, byte[].class, "i2d_SSL_SESSION", long.class);
    read = method(natives, long.class, "d2i_SSL_SESSION", byte[].class);
    free = method(natives, void.class, "SSL_SESSION_free", long.class);
  }

  /** The internals, if they are as they have to be; tried on a session and an engine. */
  static Optional<ConscryptSecrets> load(SSLContext sample) {
    SSLEngine engine = sample.createSSLEngine();
    try {
      ConscryptSecrets internals = new ConscryptSecrets();
      byte[] secret = new byte[MASTER_SECRET];
      Arrays.fill(secret, (byte) 7);
      byte[] written = internals.rewritten(secret);
      boolean found = SessionDer.secret(written).filter(s -> Arrays.equals(s, secret)).isPresent();
      boolean reached = internals.pointer.getLong(internals.ssl(engine)) != 0;
      return found && reached ? Optional.of(internals) : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException changed) {
      return Optional.empty();
    } finally {
      engine.closeOutbound();
    }
  }

  /** What BoringSSL makes of a session with that secret. */
  private byte[] rewritten(byte[] secret) throws ReflectiveOperationException {
    byte[] der = Arrays.copyOf(BEFORE, BEFORE.length + secret.length + AFTER.length);
    System.arraycopy(secret, 0, der, BEFORE.length, secret.length);
    System.arraycopy(AFTER, 0, der, BEFORE.length + secret.length, AFTER.length);
    return bytes((Long) read.invoke(null, (Object) der));
  }

  private byte[] bytes(long made) throws ReflectiveOperationException {
    try {
      return (byte[]) write.invoke(null, made);
    } finally {
      free.invoke(null, made);
    }
  }

  private Object ssl(SSLEngine engine) throws IllegalAccessException {
    return handle.get(delegate.get(engine));
  }

  /** The master secret of a connection of TLS 1.2 whose handshake is done. */
  byte[] masterSecret(SSLEngine engine) {
    try {
      Object ssl = ssl(engine);
      byte[] der = bytes((Long) session.invoke(null, pointer.getLong(ssl), ssl));
      return SessionDer.secret(der)
          .orElseThrow(() -> failed(new NoSuchFieldException("a session without a secret")));
    } catch (ReflectiveOperationException failed) {
      throw failed(failed);
    }
  }

  private static ProviderException failed(ReflectiveOperationException why) {
    return new ProviderException(
        ErrorCode.ERR_PROVIDER_FAILURE,
        "Conscrypt's internals do not show a connection's secret; switch internals off",
        why);
  }
}
