package io.tlsport.provider.conscrypt;

import static io.tlsport.provider.conscrypt.ConscryptMembers.field;
import static io.tlsport.provider.conscrypt.ConscryptMembers.method;
import static io.tlsport.provider.conscrypt.ConscryptMembers.type;

import io.tlsport.ErrorCode;
import io.tlsport.ProviderException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * What BoringSSL asks of a server's sessions, and Conscrypt does not pass on: its own answers give
 * way to ours, and all other calls go to the engine as before. All use of these internals is here;
 * they have to be as they were when this was written, or none is used.
 */
final class ConscryptCallbacks {
  private static final long NONE = 0;

  private final Field delegate;
  private final Field ssl;
  private final Field callbacks;
  private final Class<?> asked;
  private final Method made;
  private final Method requested;
  private final Method id;
  private final Method write;
  private final Method read;
  private final Method free;

  /** Who keeps the sessions of one server. */
  interface Keeper {
    /** A session was made. */
    void made(byte[] sessionId, byte[] der);

    /** The session of that identifier; empty: the handshake is a full one. */
    Optional<byte[]> find(byte[] sessionId);
  }

  private ConscryptCallbacks() throws ReflectiveOperationException {
    Class<?> engine = type("ConscryptEngine");
    Class<?> handle = type("NativeSsl");
    asked = type("NativeCrypto$SSLHandshakeCallbacks");
    delegate = field(type("Java8EngineWrapper"), "delegate", engine);
    ssl = field(engine, "ssl", handle);
    callbacks = field(handle, "handshakeCallbacks", asked);
    made = method(asked, void.class, "onNewSessionEstablished", long.class);
    requested = method(asked, long.class, "serverSessionRequested", byte[].class);
    Class<?> natives = type("NativeCrypto");
    id = method(natives, byte[].class, "SSL_SESSION_session_id", long.class);
    write = method(natives, byte[].class, "i2d_SSL_SESSION", long.class);
    read = method(natives, long.class, "d2i_SSL_SESSION", byte[].class);
    free = method(natives, void.class, "SSL_SESSION_free", long.class);
  }

  /** The internals, if they are as they have to be; tried on an engine of the vendor. */
  static Optional<ConscryptCallbacks> load(SSLContext sample) {
    SSLEngine engine = sample.createSSLEngine();
    try {
      ConscryptCallbacks internals = new ConscryptCallbacks();
      engine.setUseClientMode(false);
      Object ours =
          internals.replace(
              engine,
              new Keeper() {
                @Override
                public void made(byte[] sessionId, byte[] der) {
                  // Nothing is made by this engine.
                }

                @Override
                public Optional<byte[]> find(byte[] sessionId) {
                  return Optional.of(new byte[] {1, 2, 3});
                }
              });
      Object inForce = internals.callbacks.get(internals.handle(engine));
      boolean refused = internals.requested.invoke(inForce, (Object) new byte[1]).equals(NONE);
      return ours == inForce && refused ? Optional.of(internals) : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException changed) {
      return Optional.empty();
    } finally {
      engine.closeOutbound();
    }
  }

  private Object handle(SSLEngine engine) throws IllegalAccessException {
    return ssl.get(delegate.get(engine));
  }

  /** From now on that server's sessions are the keeper's. Before its handshake. */
  void keep(SSLEngine server, Keeper keeper) {
    try {
      replace(server, keeper);
    } catch (IllegalAccessException failed) {
      throw failed(failed);
    }
  }

  private Object replace(SSLEngine server, Keeper keeper) throws IllegalAccessException {
    Object handle = handle(server);
    Object before = callbacks.get(handle);
    InvocationHandler answer =
        (proxy, method, arguments) -> {
          if (method.equals(made)) {
            long session = (Long) arguments[0];
            keeper.made(bytes(id, session), bytes(write, session));
            return null;
          }
          return method.equals(requested)
              ? find(keeper, (byte[]) arguments[0])
              : pass(before, method, arguments);
        };
    Object ours = Proxy.newProxyInstance(asked.getClassLoader(), new Class<?>[] {asked}, answer);
    callbacks.set(handle, ours);
    return ours;
  }

  private static @Nullable Object pass(Object before, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      // The interface is not public.
      method.setAccessible(true);
      return method.invoke(before, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private byte[] bytes(Method method, long session) {
    try {
      return (byte[]) method.invoke(null, session);
    } catch (IllegalAccessException | InvocationTargetException failed) {
      throw failed(failed);
    }
  }

  /** What is found passes to BoringSSL. It does not look whether it is what it asked for. */
  private long find(Keeper keeper, byte[] sessionId) {
    Optional<byte[]> der = keeper.find(sessionId);
    if (der.isEmpty()) {
      return NONE;
    }
    long session;
    try {
      session = (Long) read.invoke(null, (Object) der.get());
    } catch (InvocationTargetException damaged) {
      return NONE;
    } catch (IllegalAccessException failed) {
      throw failed(failed);
    }
    if (session != NONE && !Arrays.equals(sessionId, bytes(id, session))) {
      release(session);
      return NONE;
    }
    return session;
  }

  private void release(long session) {
    try {
      free.invoke(null, session);
    } catch (IllegalAccessException | InvocationTargetException failed) {
      throw failed(failed);
    }
  }

  private static ProviderException failed(ReflectiveOperationException why) {
    return new ProviderException(
        ErrorCode.ERR_PROVIDER_FAILURE,
        "Conscrypt's internals do not pass on a server's sessions; switch internals off",
        why);
  }
}
