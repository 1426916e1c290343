package io.tlsport.provider.conscrypt;

import io.tlsport.ErrorCode;
import io.tlsport.ProviderException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import org.conscrypt.ClientSessionContext;

/**
 * What Conscrypt has, and does not show: the bytes of a client's sessions of TLS 1.3, which it
 * keeps in memory only. All use of its internals is here; they have to be as they were when this
 * was written, or none is used.
 */
final class ConscryptInternals {
  private static final String SESSION = "org.conscrypt.NativeSslSession";

  private final Method find;
  private final Method remove;
  private final Method id;
  private final Method bytes;

  /**
   * A session.
   *
   * @param id its identifier
   * @param data its bytes
   */
  // Never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Made(byte[] id, byte[] data) {}

  private ConscryptInternals() throws ReflectiveOperationException {
    Class<?> session = Class.forName(SESSION, true, ClientSessionContext.class.getClassLoader());
    find = member(ClientSessionContext.class, "getSession", session, String.class, int.class);
    remove =
        member(ClientSessionContext.class.getSuperclass(), "removeSession", void.class, session);
    id = member(session, "getId", byte[].class);
    bytes = member(session, "toBytes", byte[].class);
  }

  private static Method member(Class<?> owner, String name, Class<?> result, Class<?>... arguments)
      throws ReflectiveOperationException {
    Method method = owner.getDeclaredMethod(name, arguments);
    if (method.getReturnType() != result) {
      throw new NoSuchMethodException(method.toString());
    }
    method.setAccessible(true);
    return method;
  }

  /** The internals, if they are as they have to be; tried on a context of the vendor. */
  static Optional<ConscryptInternals> load(SSLContext sample) {
    try {
      ConscryptInternals internals = new ConscryptInternals();
      internals.find.invoke(sample.getClientSessionContext(), "localhost", 1);
      return Optional.of(internals);
    } catch (ReflectiveOperationException | RuntimeException changed) {
      return Optional.empty();
    }
  }

  /** Takes all sessions of that place out of a client's cache. */
  List<Made> take(SSLSessionContext cache, String host, int port) {
    List<Made> taken = new ArrayList<>();
    try {
      for (Object session = find.invoke(cache, host, port);
          session != null;
          session = find.invoke(cache, host, port)) {
        byte[] data = (byte[]) bytes.invoke(session);
        if (data != null) {
          taken.add(new Made((byte[]) id.invoke(session), data));
        }
        remove.invoke(cache, session);
      }
      return taken;
    } catch (IllegalAccessException | InvocationTargetException failed) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE,
          "Conscrypt's internals do not show a session; switch internals off",
          failed);
    }
  }
}
